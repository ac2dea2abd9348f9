"""What a base does not publish is said in words for whoever can publish it."""

from integrations.onec.odata.checking import check, fits
from integrations.onec.odata.metadata import Metadata
from integrations.onec.odata.profile import Profile, load


def whole(profile: Profile) -> Metadata:
    """A base that has all that a profile names."""
    base = Metadata()
    for _, table in profile.tables():
        base.sets[table.entity] = table.entity
        fields = dict.fromkeys((attribute.name for attribute in table.fields.values()), None)
        base.types[table.entity] = {**base.types.get(table.entity, {}), **fields}
    for document, rows in ((profile.order, "rows"), (profile.payment, "parts"), (profile.bank, "shares")):
        base.collections[document.entity] = {document.lines.entity: rows}
        base.types[rows] = dict.fromkeys((attribute.name for attribute in document.lines.fields.values()), None)
    return base


def test_a_whole_base_has_no_findings() -> None:
    assert check(load("ut_ua"), whole(load("ut_ua"))) == []


def test_a_missing_entity_is_named_with_what_to_tick() -> None:
    base = whole(load("ut_ua"))
    del base.sets["Document_ЗаказПокупателя"]
    (finding,) = check(load("ut_ua"), base)
    assert (finding.entity, finding.field, finding.vital) == ("Document_ЗаказПокупателя", "", True)
    assert finding.text == (
        "Немає Document_ЗаказПокупателя: у 1С позначте цей об'єкт у складі стандартного інтерфейсу OData "
        "(Адміністрування → Синхронізація даних → Налаштування стандартного інтерфейсу OData); "
        "без цього обмін не працюватиме."
    )


def test_what_is_not_compulsory_comes_last_and_is_not_vital() -> None:
    base = whole(load("ut_ua"))
    del base.sets["Catalog_КонтактныеЛицаКонтрагентов"]
    del base.sets["Catalog_Контрагенты"]
    findings = check(load("ut_ua"), base)
    assert [(finding.entity, finding.vital) for finding in findings] == [
        ("Catalog_Контрагенты", True),
        ("Catalog_КонтактныеЛицаКонтрагентов", False),
    ]
    assert findings[1].text.endswith("без цього частини даних не буде.")


def test_a_missing_field_is_named_in_its_section_too() -> None:
    base = whole(load("ut_ua"))
    del base.types["rows"]["СуммаНДС"]
    del base.types["Catalog_Контрагенты"]["КодПоЕДРПОУ"]
    assert [(finding.entity, finding.field) for finding in check(load("ut_ua"), base)] == [
        ("Catalog_Контрагенты", "КодПоЕДРПОУ"),
        ("Document_ЗаказПокупателя.Товары", "СуммаНДС"),
    ]


def test_what_payments_lack_is_named_and_is_not_vital() -> None:
    base = whole(load("ut_ua"))
    del base.types["parts"]["СуммаПлатежа"]
    del base.types["Document_ОплатаОтПокупателяПлатежнойКартой"]["ВидОперации"]
    findings = check(load("ut_ua"), base)
    assert [(finding.entity, finding.field, finding.vital) for finding in findings] == [
        ("Document_ОплатаОтПокупателяПлатежнойКартой", "ВидОперации", False),
        ("Document_ОплатаОтПокупателяПлатежнойКартой.РасшифровкаПлатежа", "СуммаПлатежа", False),
    ]


def test_a_base_without_payments_by_card_is_told_which_set_to_tick() -> None:
    base = whole(load("bas_ut"))
    del base.sets["Document_ОперацияПоПлатежнойКарте"]
    (finding,) = check(load("bas_ut"), base)
    assert (finding.entity, finding.field, finding.vital) == ("Document_ОперацияПоПлатежнойКарте", "", False)


def test_an_optional_field_may_be_missing() -> None:
    base = whole(load("ut_ua"))
    del base.types["Catalog_Контрагенты"]["НаименованиеПолное"]
    assert check(load("ut_ua"), base) == []


def test_a_resource_of_a_virtual_table_stands_among_the_records_without_its_suffix() -> None:
    profile, base = load("ut_ua"), whole(load("ut_ua"))
    stock = profile.stock.entity
    records = base.types.pop(stock)
    del records["КоличествоBalance"]
    base.types[stock] = {"Recorder": None, "RecordSet": None}
    base.sets[f"{stock}_RecordType"] = f"{stock}_RecordType"
    base.types[f"{stock}_RecordType"] = {**records, "Количество": None}
    assert check(profile, base) == []


def test_the_profile_that_fits_best_comes_first() -> None:
    found = fits(whole(load("unf")))
    assert (found[0].profile, found[0].found == found[0].wanted) == ("unf", True)
    assert found[0].share == 1.0
    assert found[1].share < 0.8
