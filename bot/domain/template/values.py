"""The values of a document's fields: facts put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.money import Money
from bot.domain.requisites import ClientKind
from bot.domain.template import words
from bot.domain.template.facts import ActFacts, AmendmentFacts, ContractFacts, DocumentFacts, PartyFacts, PriceFacts
from bot.domain.template.fields import ACT, AMENDMENT, CLIENT, COMPANY, CONTRACT, FIELDS, PRICES, ROWS
from bot.domain.template.names import fop as spelt_fop
from bot.domain.template.names import full_name, own_name, quoted, signature

Row = Mapping[str, str]
Group = Mapping[str, str | Sequence[Row]]
KINDS = {ClientKind.LEGAL: "юридична особа", ClientKind.FOP: "фізична особа – підприємець"}
CODES = {ClientKind.LEGAL: "код ЄДРПОУ", ClientKind.FOP: "РНОКПП"}
REGISTER = "запису в Єдиному державному реєстрі юридичних осіб, фізичних осіб – підприємців та громадських формувань"
"""What a ФОП acts on."""

_MAY_BE_BLANK = {one.path for fields in FIELDS.values() for one in fields if one.blank is not None} | {
    path for path, rows in ROWS.items() if rows.may_be_empty
}


@dataclass(frozen=True, slots=True)
class Values:
    """By group and field; `because` names the fields for want of which a composed one is empty."""

    groups: Mapping[str, Group]
    because: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lacking(self, used: Sequence[str]) -> tuple[str, ...]:
        """Of the fields that a template uses, those without a value that cannot be done without."""
        found: dict[str, None] = {}
        for path in filter(self._wants, used):
            given = self.groups.get(path.partition(".")[0])
            found |= dict.fromkeys(self.because.get(path, (path,)) if given is not None else (_whole(path),))
        return tuple(found)

    def _wants(self, path: str) -> bool:
        """Whether a field cannot be done without and has no value; one of a row stands or falls with its rows."""
        group, name, *of_row = path.split(".")
        if of_row:
            return False
        given = self.groups.get(group)
        return given is None or (path not in _MAY_BE_BLANK and not given.get(name))

    def filled(self, unknown: str = "") -> dict[str, dict[str, str | Sequence[Row]]]:
        """With what stands in the document where nothing is known; `unknown` where that may not be."""
        blanks = {one.path: unknown if one.blank is None else one.blank for fields in FIELDS.values() for one in fields}
        return {
            group: {name: value or blanks.get(f"{group}.{name}", "") for name, value in values.items()}
            for group, values in self.groups.items()
        }


def values_of(facts: DocumentFacts) -> Values:
    """Everything that is known, in words."""
    groups: dict[str, Group] = {CONTRACT: _contract(facts.contract)}
    because: dict[str, tuple[str, ...]] = {
        "договір.дата_цифрами": ("договір.дата",),
        "договір.ліміт_словами": ("договір.ліміт",),
        "прайс.кількість": ("прайс.рядки",),
        "договір.посилання": tuple(
            path
            for path, known in (("договір.номер", facts.contract.number), ("договір.дата", facts.contract.dated))
            if not known
        ),
    }
    for group, party in ((COMPANY, facts.company), (CLIENT, facts.client)):
        groups[group], because[f"{group}.преамбула"] = _party(group, party)
        because[f"{group}.підпис"] = (f"{group}.підписант",)
    if facts.amendment:
        groups[AMENDMENT] = _amendment(facts.amendment)
    if facts.prices:
        groups[PRICES] = _prices(facts.prices, bool(facts.company.vat))
    if facts.act:
        groups[ACT] = _act(facts.act, quoted(facts.company.name), quoted(facts.client.name))
    return Values(groups, because)


def _whole(path: str) -> str:
    """What a group that is not there at all is wanted for."""
    rows = f"{path.partition('.')[0]}.рядки"
    return rows if rows in ROWS else path


def _party(group: str, party: PartyFacts) -> tuple[Group, tuple[str, ...]]:
    """With the fields for want of which its preamble is empty."""
    fop = party.kind is ClientKind.FOP
    person = (own_name(party.name) or ("" if party.position_genitive else party.signer)) if fop else ""
    values = {
        "назва": quoted(party.name),
        "повна_назва": spelt_fop(person) if person else full_name(party.name),
        "вид": KINDS[party.kind],
        "назва_коду": CODES[party.kind],
        "код": party.code,
        "іпн": party.vat,
        "адреса": party.address,
        "телефон": party.phone,
        "пошта": party.email,
        "рахунок": party.iban,
        "банк": party.bank,
        "підписант": party.signer or person,
        "підписант_родовий": party.signer_genitive,
        "посада": party.position or (KINDS[party.kind] if fop else ""),
        "посада_родовий": party.position_genitive or ("фізичної особи – підприємця" if fop else ""),
        "підстава": party.basis or (REGISTER if fop else ""),
    }
    values["підпис"] = signature(values["підписант"])
    alone = fop and not party.position_genitive
    parts = ("назва", "код", "підстава") + (("підписант",) if alone else ("підписант_родовий", "посада_родовий"))
    lacking = tuple(f"{group}.{name}" for name in parts if not values[name])
    by = "" if alone else f" в особі {values['посада_родовий']} {values['підписант_родовий']},"
    called = f"{values['повна_назва']}, {values['назва_коду']} {values['код']},"
    values["преамбула"] = "" if lacking else f"{called}{by} що діє на підставі {values['підстава']}"
    return values, lacking


def _contract(facts: ContractFacts) -> Group:
    dated, limit = facts.dated, facts.credit_limit
    days = words.days(facts.payment_days) if facts.payment_days else ""
    return {
        "номер": facts.number,
        "дата": words.day(dated) if dated else "",
        "дата_цифрами": words.day_in_figures(dated) if dated else "",
        "місце": facts.place,
        "відстрочення": days,
        "порядок_оплати": (
            f"Покупець оплачує кожну партію Товару з відстроченням платежу на {days} з дня її поставки."
            if days
            else "Покупець оплачує кожну партію Товару повністю до дня її поставки."
        ),
        "ліміт": words.hryvnias(limit) if limit is not None else "",
        "ліміт_словами": words.sum_in_words(limit) if limit is not None else "",
        "умова_про_ліміт": (
            "Кредитний ліміт Покупця, тобто найбільша загальна сума поставленого й не оплаченого Товару, "
            f"становить {words.both_ways(limit)}."
            if limit is not None
            else "Найбільшого розміру заборгованості (кредитного ліміту) Сторони не встановлюють."
        ),
        "діє_до": words.day(facts.valid_until) if facts.valid_until else "",
        "посилання": f"№{words.NBSP}{facts.number} від {words.day(dated)}" if facts.number and dated else "",
    }


def _amendment(facts: AmendmentFacts) -> Group:
    return {
        "номер": facts.number,
        "дата": words.day(facts.dated),
        "дата_цифрами": words.day_in_figures(facts.dated),
    }


def _prices(facts: PriceFacts, vat_payer: bool) -> Group:
    count = len(facts.rows)
    rows = [
        {
            "номер": str(position),
            "артикул": row.sku or "—",
            "назва": row.name,
            "одиниця": row.unit,
            "ціна": words.figures(row.price),
            "пдв": f"{row.vat}{words.NBSP}%" if row.vat is not None and vat_payer else "без ПДВ",
        }
        for position, row in enumerate(facts.rows, 1)
    ]
    return {
        "дата": words.day(facts.on),
        "кількість": (
            f"{count} ({words.number(count, feminine=True)}) {words.form(count, words.POSITION)}" if count else ""
        ),
        "про_пдв": _about_vat(vat_payer, facts.vat_included),
        "рядки": rows,
    }


def _about_vat(payer: bool, included: bool) -> str:
    if not payer:
        return "Ціни зазначено в гривнях без ПДВ: Постачальник не є платником цього податку."
    if included:
        return "Ціни зазначено в гривнях з урахуванням ПДВ."
    return "Ціни зазначено в гривнях без ПДВ; ПДВ нараховується на них за ставкою, зазначеною в таблиці."


def _act(facts: ActFacts, company: str, client: str) -> Group:
    rows = [
        {
            "номер": str(position),
            "дата": words.day_in_figures(row.day),
            "документ": row.document,
            "дебет": words.figures(row.debit) if row.debit else "",
            "кредит": words.figures(row.credit) if row.credit else "",
        }
        for position, row in enumerate(facts.rows, 1)
    ]
    return {
        "номер": facts.number,
        "дата": words.day(facts.dated),
        "з": words.day(facts.since),
        "по": words.day(facts.until),
        "оборот_дебет": words.figures(facts.debit),
        "оборот_кредит": words.figures(facts.credit),
        **_balance("початкове", facts.opening),
        **_balance("кінцеве", facts.closing),
        "висновок": _conclusion(facts, company, client),
        "рядки": rows,
    }


def _balance(name: str, sum_: Money) -> dict[str, str]:
    owed = words.figures(sum_)
    return {f"{name}_дебет": owed if sum_ > Money(0) else "", f"{name}_кредит": owed if sum_ < Money(0) else ""}


def _conclusion(facts: ActFacts, company: str, client: str) -> str:
    on, owed = f"Станом на {words.day(facts.until)}", facts.closing
    if not owed:
        return f"{on} заборгованості між Сторонами немає."
    buyer, supplier = f"Покупця ({client})", f"Постачальника ({company})"
    by, to = (buyer, supplier) if owed > Money(0) else (supplier, buyer)
    return f"{on} заборгованість {by} на користь {to} становить {words.both_ways(owed)}."
