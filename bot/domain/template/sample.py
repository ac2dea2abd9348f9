"""A client that does not exist, on whom a template is looked at filled."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.money import Money
from bot.domain.requisites import ClientKind
from bot.domain.signing import DocumentKind
from bot.domain.template.facts import (
    ActFacts,
    ActRow,
    AmendmentFacts,
    ContractFacts,
    DocumentFacts,
    PartyFacts,
    PriceFacts,
    PriceRow,
)

UNKNOWN = "________"
"""Stands where the wholesaler's own requisites are not set."""
_CLIENT = PartyFacts(
    "ТОВ «Зразкова кав’ярня»", ClientKind.LEGAL, "12345678", "01001, м. Київ, вул. Зразкова, 1",
    "Коваленко Ірина Петрівна", "Коваленко Ірини Петрівни", "директорка", "директорки", "Статуту", "+380671234567",
    "zrazok@example.com", "UA213223130000026007233566001", "АТ «Зразковий банк»",
)  # fmt: skip
_PRICES = (
    PriceRow("1001", "Молоко 2,5 %, 1 л", "шт", Money.of("47.90"), 20),
    PriceRow("1002", "Сир твердий, ваговий", "кг", Money.of("312.00"), 20),
    PriceRow("1003", "Борошно пшеничне вищого сорту, 25 кг", "міш", Money.of("460.00"), 20),
)


def sample(kind: DocumentKind, company: PartyFacts, place: str, today: date) -> DocumentFacts:
    """A document of the kind between the wholesaler and somebody who does not exist."""
    terms = ContractFacts("1", today, place, 14, Money.of(50_000), date(today.year + 1, 12, 31))
    facts = DocumentFacts(kind, company, _CLIENT, terms, prices=PriceFacts(today, _PRICES))
    match kind:
        case DocumentKind.CONTRACT:
            return facts
        case DocumentKind.AMENDMENT:
            earlier = replace(terms, dated=today - timedelta(days=180))
            return replace(facts, contract=earlier, amendment=AmendmentFacts("1", today))
        case DocumentKind.RECONCILIATION:
            begin = today.replace(day=1)
            rows = (
                ActRow(begin, "Поставка за замовленням № 101", debit=Money.of("8450.50")),
                ActRow(today, "Платіжна інструкція № 77", credit=Money.of(5000)),
            )
            return replace(facts, act=ActFacts("1", today, begin, today, Money.of(1200), rows))
