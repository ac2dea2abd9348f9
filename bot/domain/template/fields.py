"""The fields a template may use, as office staff type them: {{ клієнт.назва }}; what they mean is told as it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.signing import DocumentKind

COMPANY, CLIENT, CONTRACT, AMENDMENT, PRICES, ACT = "компанія", "клієнт", "договір", "угода", "прайс", "акт"
DASH = "—"


@dataclass(frozen=True, slots=True)
class Field:
    """`blank` stands in the document where nothing is known; None where the document cannot do without it."""

    path: str
    meaning: str
    blank: str | None = None

    @property
    def group(self) -> str:
        return self.path.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Rows:
    """What rows of a table repeat over, with the fields of a row."""

    path: str
    meaning: str
    fields: tuple[Field, ...]
    may_be_empty: bool = False


def _party(group: str, who: str, genitive: str) -> tuple[Field, ...]:
    return (
        Field(f"{group}.назва", f"назва {genitive}, як її записано: ТОВ «Ранкова кава»"),
        Field(f"{group}.повна_назва", "те саме, вид підприємства повністю: Товариство з обмеженою відповідальністю …"),
        Field(f"{group}.вид", "юридична особа або фізична особа – підприємець"),
        Field(f"{group}.назва_коду", "код ЄДРПОУ або РНОКПП"),
        Field(f"{group}.код", f"код ЄДРПОУ або РНОКПП {genitive}, цифри"),
        Field(f"{group}.іпн", "індивідуальний податковий номер платника ПДВ", DASH),
        Field(f"{group}.адреса", "місцезнаходження"),
        Field(f"{group}.телефон", "телефон"),
        Field(f"{group}.пошта", "електронна пошта"),
        Field(f"{group}.рахунок", "IBAN", DASH),
        Field(f"{group}.банк", "банк, у якому рахунок", DASH),
        Field(f"{group}.підписант", f"хто підписує за {who}, називний відмінок: Коваленко Ірина Петрівна"),
        Field(f"{group}.підписант_родовий", "те саме в родовому: Коваленко Ірини Петрівни"),
        Field(f"{group}.посада", "посада підписанта: директор"),
        Field(f"{group}.посада_родовий", "те саме в родовому: директора"),
        Field(f"{group}.підстава", "на підставі чого діє, у родовому: Статуту"),
        Field(f"{group}.підпис", "ім’я біля підпису: Ірина КОВАЛЕНКО"),
        Field(f"{group}.преамбула", "сторона повністю: назва, код, в особі кого, на підставі чого діє"),
    )


FIELDS: Mapping[str, tuple[Field, ...]] = {
    COMPANY: _party(COMPANY, "гуртівню", "гуртівні"),
    CLIENT: _party(CLIENT, "клієнта", "клієнта"),
    CONTRACT: (
        Field("договір.номер", "номер договору"),
        Field("договір.дата", "дата словами: 27 листопада 2026 р."),
        Field("договір.дата_цифрами", "дата цифрами: 27.11.2026"),
        Field("договір.місце", "місце укладення: м. Київ"),
        Field("договір.відстрочення", "строк оплати: 14 (чотирнадцять) календарних днів"),
        Field("договір.порядок_оплати", "речення про оплату: з відстроченням на стільки днів або до поставки"),
        Field("договір.ліміт", "кредитний ліміт цифрами: 50 000,00 грн"),
        Field("договір.ліміт_словами", "кредитний ліміт словами: п’ятдесят тисяч гривень 00 копійок"),
        Field("договір.умова_про_ліміт", "речення про кредитний ліміт або про те, що його не встановлено"),
        Field("договір.діє_до", "останній день дії словами: 31 грудня 2027 р."),
        Field("договір.посилання", "як на договір посилаються: № 15 від 27 листопада 2026 р."),
    ),
    AMENDMENT: (
        Field("угода.номер", "номер додаткової угоди"),
        Field("угода.дата", "її дата словами"),
        Field("угода.дата_цифрами", "її дата цифрами"),
    ),
    PRICES: (
        Field("прайс.дата", "станом на яке число ціни, словами"),
        Field("прайс.кількість", "скільки позицій: 120 (сто двадцять) позицій"),
        Field("прайс.про_пдв", "речення про те, чи ціни з ПДВ"),
    ),
    ACT: (
        Field("акт.номер", "номер акта"),
        Field("акт.дата", "дата акта словами"),
        Field("акт.з", "перший день звірки словами"),
        Field("акт.по", "останній день звірки словами"),
        Field("акт.початкове_дебет", "сальдо на початок, якщо винен клієнт", ""),
        Field("акт.початкове_кредит", "сальдо на початок, якщо винна гуртівня", ""),
        Field("акт.оборот_дебет", "обороти за період, дебет"),
        Field("акт.оборот_кредит", "обороти за період, кредит"),
        Field("акт.кінцеве_дебет", "сальдо на кінець, якщо винен клієнт", ""),
        Field("акт.кінцеве_кредит", "сальдо на кінець, якщо винна гуртівня", ""),
        Field("акт.висновок", "речення про заборгованість на кінець, на чию користь, цифрами і словами"),
    ),
}
"""By group, in the order they are shown."""
ROWS: Mapping[str, Rows] = {
    "прайс.рядки": Rows(
        "прайс.рядки",
        "рядки прайсу клієнта",
        (
            Field("прайс.рядки.номер", "номер рядка"),
            Field("прайс.рядки.артикул", "артикул", DASH),
            Field("прайс.рядки.назва", "назва товару"),
            Field("прайс.рядки.одиниця", "одиниця виміру"),
            Field("прайс.рядки.ціна", "ціна за одиницю: 1 234,50"),
            Field("прайс.рядки.пдв", "ставка ПДВ: 20 % або без ПДВ"),
        ),
    ),
    "акт.рядки": Rows(
        "акт.рядки",
        "документи за період",
        (
            Field("акт.рядки.номер", "номер рядка"),
            Field("акт.рядки.дата", "дата документа: 27.11.2026"),
            Field("акт.рядки.документ", "назва документа"),
            Field("акт.рядки.дебет", "сума поставки", ""),
            Field("акт.рядки.кредит", "сума оплати", ""),
        ),
        may_be_empty=True,
    ),
}
GROUPS: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.CONTRACT: (COMPANY, CLIENT, CONTRACT, PRICES),
    DocumentKind.AMENDMENT: (COMPANY, CLIENT, CONTRACT, AMENDMENT, PRICES),
    DocumentKind.RECONCILIATION: (COMPANY, CLIENT, CONTRACT, ACT),
}
"""What a document of a kind may say."""
_PARTIES = (
    ("компанія.преамбула", "компанія.повна_назва", "компанія.назва"),
    ("клієнт.преамбула", "клієнт.повна_назва", "клієнт.назва"),
    ("клієнт.код", "клієнт.преамбула"),
)
REQUIRED: Mapping[DocumentKind, tuple[tuple[str, ...], ...]] = {
    DocumentKind.CONTRACT: (
        *_PARTIES,
        ("договір.номер",),
        ("договір.дата", "договір.дата_цифрами"),
        ("договір.порядок_оплати", "договір.відстрочення"),
    ),
    DocumentKind.AMENDMENT: (
        *_PARTIES,
        ("угода.номер",),
        ("угода.дата", "угода.дата_цифрами"),
        ("договір.номер", "договір.посилання"),
    ),
    DocumentKind.RECONCILIATION: (
        *_PARTIES,
        ("акт.рядки",),
        ("акт.по", "акт.дата"),
        ("акт.висновок", "акт.кінцеве_дебет"),
    ),
}
"""What a template of a kind must say: of every line, one at least; the first is proposed."""


def known(kind: DocumentKind) -> dict[str, Field]:
    """Every field that stands outside a repeated row."""
    return {field.path: field for group in GROUPS[kind] for field in FIELDS[group]}


def repeated(kind: DocumentKind) -> dict[str, Rows]:
    """What rows may repeat over."""
    return {path: rows for path, rows in ROWS.items() if path.partition(".")[0] in GROUPS[kind]}
