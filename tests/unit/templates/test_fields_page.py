"""The page for those who make templates tells of the fields there are."""

from bot.domain.template.requisites import TYPED
from tests.contract_fields import PAGE, with_tables


def test_the_page_lists_the_fields_of_the_code() -> None:
    """If not: `python -m tests.contract_fields`."""
    page = PAGE.read_text("utf-8")
    assert page == with_tables(page)


def test_the_page_names_everything_that_is_typed_of_a_client() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in TYPED if f"{name}:" not in page] == []
