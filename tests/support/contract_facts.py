"""A contract between the small wholesaler and a coffee shop, as facts."""

from dataclasses import replace
from datetime import date

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

COMPANY = PartyFacts(
    'ТОВ "Гуртівня"', ClientKind.LEGAL, "14360570", "04071, м. Київ, вул. Ярославська, 10", "Мельник Петро Олексійович",
    "Мельника Петра Олексійовича", "директор", "директора", "Статуту", "+380441234567", "office@shop.ua",
    "UA213223130000026007233566001", "АТ КБ «ПриватБанк»", "143605726101",
)  # fmt: skip
CLIENT = PartyFacts(
    'ТОВ "Ранкова кава"', ClientKind.LEGAL, "21560766", "01001, м. Київ, вул. Хрещатик, 1",
    "Коваленко Ірина Петрівна", "Коваленко Ірини Петрівни", "директорка", "директорки", "Статуту", "+380671234567",
    "kava@example.com",
)  # fmt: skip
TERMS = ContractFacts("15", date(2026, 11, 27), "м. Київ", 14, Money.of(50_000), date(2027, 12, 31))
PRICES = PriceFacts(
    date(2026, 11, 27),
    (
        PriceRow("10234", "Молоко 2,5 % 1 л", "шт", Money.of("39.90"), 20),
        PriceRow("10235", "Сир кисломолочний", "кг", Money.of("1234.5"), None),
    ),
)
ACT = ActFacts(
    "3", date(2026, 11, 2), date(2026, 10, 1), date(2026, 10, 31), Money.of(1000),
    (
        ActRow(date(2026, 10, 5), "Видаткова накладна № 501", debit=Money.of("2500.40")),
        ActRow(date(2026, 10, 19), "Платіжна інструкція № 77", credit=Money.of(2000)),
    ),
)  # fmt: skip
CONTRACT = DocumentFacts(DocumentKind.CONTRACT, COMPANY, CLIENT, TERMS, prices=PRICES)
ADDITION = replace(CONTRACT, kind=DocumentKind.AMENDMENT, amendment=AmendmentFacts("2", date(2027, 1, 15)))
RECONCILIATION = DocumentFacts(DocumentKind.RECONCILIATION, COMPANY, CLIENT, TERMS, act=ACT)
