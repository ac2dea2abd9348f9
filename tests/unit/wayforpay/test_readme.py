"""The page for whoever connects the gateway says what the code does."""

from pathlib import Path

from integrations.wayforpay import CALLBACK, RETURN
from integrations.wayforpay.codes import ALERTS, FINAL, LATER, UNKNOWN_FATE
from integrations.wayforpay.config import ADDRESS_LIMIT
from integrations.wayforpay.orders import NAME_LIMIT

README = (Path(__file__).parents[3] / "integrations/wayforpay/README.md").read_text("utf-8")


def test_the_page_names_the_addresses_and_the_limits() -> None:
    for said in (CALLBACK, RETURN, f"{ADDRESS_LIMIT} знаків", f"до {NAME_LIMIT} знаків"):
        assert said in README


def test_the_page_names_every_code_that_is_not_simply_final() -> None:
    table = README.partition("## Помилки")[2]
    assert {code for code in ALERTS | LATER | UNKNOWN_FATE - {1138} if str(code) not in table} == set()
    assert "1138" in README
    assert {1112, 1123, 1128, 1130, 1136, 1141} <= FINAL
