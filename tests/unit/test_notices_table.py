"""The table of notices in docs/notices.md is true."""

from pathlib import Path

from bot.domain.dispatch import VIBER_PRICE
from bot.domain.money import ZERO, Money
from bot.domain.notice import RULES, SWITCHED, NoticeRules

ROOT = Path(__file__).parents[2]
SMS_BY_DEFAULT = Money(240)


def written() -> dict[str, tuple[str, str, str]]:
    """Of each kind whether it can be switched off, whether it comes at night, and its dearest way."""
    rows = (ROOT / "docs" / "notices.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| `")]
    return {row[0].strip("`"): (row[3], row[4], row[5]) for row in cells if len(row) == 6}


def meant(rules: NoticeRules) -> tuple[str, str, str]:
    dearest = {
        rules.worth == ZERO: "безплатні",
        rules.worth >= VIBER_PRICE: "Viber; SMS, якщо дешева" if rules.texted else "Viber",
        rules.worth >= SMS_BY_DEFAULT and rules.texted: "SMS",
    }[True]
    stays = rules.compulsory or rules.topic not in SWITCHED
    return "ні" if stays else "можна", "так" if rules.urgent else "ні", dearest


def test_every_kind_is_in_the_table_with_its_rules() -> None:
    assert written() == {kind.value: meant(rules) for kind, rules in RULES.items()}
