"""Facts put into words: whole sentences, as they stand in a contract."""

from dataclasses import replace
from datetime import date

from bot.domain.money import Money
from bot.domain.requisites import ClientKind
from bot.domain.template.facts import ActFacts, ContractFacts, DocumentFacts, PartyFacts
from bot.domain.template.fields import FIELDS, GROUPS, ROWS
from bot.domain.template.values import values_of
from tests.support.contract_facts import ACT, ADDITION, CLIENT, CONTRACT, RECONCILIATION

OF_PRICES = ("номер", "артикул", "назва", "одиниця", "ціна", "пдв")


def said(facts: DocumentFacts, path: str) -> object:
    group, name = path.split(".")
    return values_of(facts).groups[group][name]


def with_act(act: ActFacts) -> DocumentFacts:
    return replace(RECONCILIATION, act=act)


def test_a_legal_entity_is_named_with_its_signer() -> None:
    assert said(CONTRACT, "клієнт.преамбула") == (
        "Товариство з обмеженою відповідальністю «Ранкова кава», код ЄДРПОУ 21560766, "
        "в особі директорки Коваленко Ірини Петрівни, що діє на підставі Статуту"
    )


def test_a_fop_signs_for_themselves() -> None:
    fop = PartyFacts("ФОП Шевченко Олена Іванівна", ClientKind.FOP, "3184710691")
    facts = replace(CONTRACT, client=fop)
    assert said(facts, "клієнт.преамбула") == (
        "Фізична особа – підприємець Шевченко Олена Іванівна, РНОКПП 3184710691, що діє на підставі запису "
        "в Єдиному державному реєстрі юридичних осіб, фізичних осіб – підприємців та громадських формувань"
    )
    assert said(facts, "клієнт.підпис") == "Олена ШЕВЧЕНКО"
    assert values_of(facts).lacking(["клієнт.преамбула", "клієнт.підпис"]) == ()


def test_a_fop_kept_under_the_name_of_a_shop_is_named_by_its_signer() -> None:
    shop = PartyFacts('Кафе "Ранок"', ClientKind.FOP, "3184710691")
    assert values_of(replace(CONTRACT, client=shop)).lacking(["клієнт.преамбула", "клієнт.підпис"]) == (
        "клієнт.підписант",
    )
    facts = replace(CONTRACT, client=replace(shop, signer="Шевченко Олена Іванівна"))
    assert said(facts, "клієнт.повна_назва") == "Фізична особа – підприємець Шевченко Олена Іванівна"
    assert values_of(facts).lacking(["клієнт.преамбула", "клієнт.підпис"]) == ()


def test_somebody_else_may_sign_for_a_fop() -> None:
    fop = PartyFacts(
        "ФОП Шевченко Олена Іванівна", ClientKind.FOP, "3184710691", signer="Бондар Іван Ілліч",
        signer_genitive="Бондаря Івана Ілліча", position="представник", position_genitive="представника",
        basis="довіреності № 4 від 02.03.2026",
    )  # fmt: skip
    assert said(replace(CONTRACT, client=fop), "клієнт.преамбула") == (
        "Фізична особа – підприємець Шевченко Олена Іванівна, РНОКПП 3184710691, в особі представника "
        "Бондаря Івана Ілліча, що діє на підставі довіреності № 4 від 02.03.2026"
    )


def test_deferred_payment_and_the_credit_limit_are_sentences() -> None:
    assert said(CONTRACT, "договір.порядок_оплати") == (
        "Покупець оплачує кожну партію Товару з відстроченням платежу на 14 (чотирнадцять) календарних днів "
        "з дня її поставки."
    )
    assert said(CONTRACT, "договір.умова_про_ліміт") == (
        "Кредитний ліміт Покупця, тобто найбільша загальна сума поставленого й не оплаченого Товару, "
        "становить 50\u00a0000,00\u00a0грн (п’ятдесят тисяч гривень 00 копійок)."
    )
    assert said(CONTRACT, "договір.діє_до") == "31 грудня 2027\u00a0р."
    assert said(CONTRACT, "договір.посилання") == "№\u00a015 від 27 листопада 2026\u00a0р."


def test_without_days_and_limit_the_sentences_say_so() -> None:
    facts = replace(CONTRACT, contract=ContractFacts("15", date(2026, 11, 27)))
    assert said(facts, "договір.порядок_оплати") == "Покупець оплачує кожну партію Товару повністю до дня її поставки."
    assert said(facts, "договір.умова_про_ліміт") == (
        "Найбільшого розміру заборгованості (кредитного ліміту) Сторони не встановлюють."
    )


def test_a_price_list_says_its_vat_and_its_length() -> None:
    assert said(CONTRACT, "прайс.кількість") == "2 (дві) позиції"
    assert said(CONTRACT, "прайс.про_пдв") == "Ціни зазначено в гривнях з урахуванням ПДВ."
    assert said(CONTRACT, "прайс.рядки") == [
        dict(zip(OF_PRICES, ("1", "10234", "Молоко 2,5 % 1 л", "шт", "39,90", "20\u00a0%"), strict=True)),
        dict(zip(OF_PRICES, ("2", "10235", "Сир кисломолочний", "кг", "1\u00a0234,50", "без ПДВ"), strict=True)),
    ]


def test_who_pays_no_vat_sells_without_it() -> None:
    facts = replace(CONTRACT, company=replace(CONTRACT.company, vat=""))
    assert said(facts, "прайс.про_пдв") == (
        "Ціни зазначено в гривнях без ПДВ: Постачальник не є платником цього податку."
    )
    assert said(facts, "прайс.рядки")[0]["пдв"] == "без ПДВ"  # type: ignore[index]


def test_an_act_says_its_turnover_and_who_owes_whom() -> None:
    names = ("початкове_дебет", "початкове_кредит", "оборот_дебет", "оборот_кредит", "кінцеве_дебет", "кінцеве_кредит")
    assert [said(RECONCILIATION, f"акт.{name}") for name in names] == [
        "1\u00a0000,00", "", "2\u00a0500,40", "2\u00a0000,00", "1\u00a0500,40", "",
    ]  # fmt: skip
    assert said(RECONCILIATION, "акт.висновок") == (
        "Станом на 31 жовтня 2026\u00a0р. заборгованість Покупця (ТОВ «Ранкова кава») на користь Постачальника "
        "(ТОВ «Гуртівня») становить 1\u00a0500,40\u00a0грн (одна тисяча п’ятсот гривень 40 копійок)."
    )


def test_an_advance_is_owed_the_other_way() -> None:
    facts = with_act(replace(ACT, opening=Money.of(-1000), rows=()))
    assert (said(facts, "акт.початкове_дебет"), said(facts, "акт.початкове_кредит")) == ("", "1\u00a0000,00")
    assert said(facts, "акт.висновок") == (
        "Станом на 31 жовтня 2026\u00a0р. заборгованість Постачальника (ТОВ «Гуртівня») на користь Покупця "
        "(ТОВ «Ранкова кава») становить 1\u00a0000,00\u00a0грн (одна тисяча гривень 00 копійок)."
    )


def test_nothing_owed_is_said_too() -> None:
    facts = with_act(replace(ACT, opening=Money(0), rows=()))
    assert said(facts, "акт.висновок") == "Станом на 31 жовтня 2026\u00a0р. заборгованості між Сторонами немає."


def test_what_is_lacking_is_named_part_by_part() -> None:
    bare = PartyFacts('ТОВ "Ранкова кава"', ClientKind.LEGAL)
    values = values_of(replace(CONTRACT, client=bare, contract=ContractFacts()))
    assert values.lacking(["клієнт.преамбула", "клієнт.пошта", "клієнт.назва", "договір.номер"]) == (
        "клієнт.код", "клієнт.підстава", "клієнт.підписант_родовий", "клієнт.посада_родовий", "клієнт.пошта",
        "договір.номер",
    )  # fmt: skip


def test_what_a_document_can_do_without_is_a_dash() -> None:
    values = values_of(CONTRACT)
    assert values.lacking(["клієнт.рахунок", "клієнт.іпн", "договір.посилання"]) == ()
    assert values.filled()["клієнт"]["рахунок"] == "—"


def test_a_price_list_without_a_line_is_lacking_and_an_act_without_movements_is_not() -> None:
    assert values_of(replace(CONTRACT, prices=None)).lacking(["прайс.рядки", "прайс.рядки.назва"]) == ("прайс.рядки",)
    assert values_of(with_act(replace(ACT, rows=()))).lacking(["акт.рядки", "акт.рядки.дата"]) == ()


def test_there_is_a_value_for_every_field_and_no_other() -> None:
    for facts in (CONTRACT, ADDITION, RECONCILIATION):
        groups = values_of(facts).groups
        listed = {group: {one.path for one in FIELDS[group]} for group in GROUPS[facts.kind]}
        for path in ROWS:
            listed.get(path.partition(".")[0], set()).add(path)
        assert {group: {f"{group}.{name}" for name in values} for group, values in groups.items()} == listed


def test_there_is_a_value_for_every_field_of_a_row() -> None:
    for facts, path in ((CONTRACT, "прайс.рядки"), (RECONCILIATION, "акт.рядки")):
        rows = said(facts, path)
        assert isinstance(rows, list)
        assert [f"{path}.{name}" for name in rows[0]] == [one.path for one in ROWS[path].fields]


def test_a_client_whom_nobody_knows_in_full_still_has_a_name() -> None:
    assert said(replace(CONTRACT, client=replace(CLIENT, code="")), "клієнт.назва") == "ТОВ «Ранкова кава»"
