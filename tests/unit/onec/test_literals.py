"""Literals: what is written is what 1C reads."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.onec.odata.literals import guid, is_one_of, moment, quoted, text

REF = "6F9619FF-8B86-D011-B42D-00CF4FC964FF"
PRINTABLE = st.text(st.characters(min_codepoint=32, codec="utf-8"))


def test_a_reference_is_written_in_lower_case() -> None:
    assert guid(REF) == "guid'6f9619ff-8b86-d011-b42d-00cf4fc964ff'"
    assert guid(UUID(REF)) == "guid'6f9619ff-8b86-d011-b42d-00cf4fc964ff'"


@pytest.mark.parametrize("said", ["", "x", "' or 1 eq 1", "6f9619ff-8b86-d011-b42d-00cf4fc964f"])
def test_what_is_not_a_reference_goes_nowhere(said: str) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        guid(said)


def test_a_moment_is_the_servers_own_time_to_the_second() -> None:
    assert moment(datetime(2026, 3, 5, 7, 8, 9, 500_000)) == "datetime'2026-03-05T07:08:09'"  # noqa: DTZ001
    assert moment(datetime(1, 1, 1)) == "datetime'0001-01-01T00:00:00'"  # noqa: DTZ001


def test_an_aware_moment_has_to_be_made_local_first() -> None:
    with pytest.raises(ValueError, match="time zones"):
        moment(datetime(2026, 3, 5, tzinfo=UTC))


def test_a_quote_inside_a_text_is_doubled() -> None:
    assert text("ТОВ «Кав'ярня»") == "'ТОВ «Кав''ярня»'"


@given(PRINTABLE)
def test_any_text_can_be_read_back(said: str) -> None:
    written = text(said)
    assert (written[0], written[-1]) == ("'", "'")
    assert written[1:-1].replace("''", "'") == said
    assert "'" not in written[1:-1].replace("''", "")


@given(PRINTABLE, st.characters(max_codepoint=31), PRINTABLE)
def test_a_control_character_is_refused(before: str, control: str, after: str) -> None:
    with pytest.raises(ValueError, match="control"):
        text(before + control + after)


def test_a_condition_on_several_references() -> None:
    assert is_one_of("Owner_Key", [REF, REF]) == f"Owner_Key eq {guid(REF)} or Owner_Key eq {guid(REF)}"


def test_a_condition_of_a_virtual_table_keeps_its_inner_quotes() -> None:
    assert quoted(f"ТипЦен_Key eq {guid(REF)}") == "'ТипЦен_Key eq guid'6f9619ff-8b86-d011-b42d-00cf4fc964ff''"
