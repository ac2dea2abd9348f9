"""Lists, objects and their parts as the standard interface gives them."""

from sandbox.onec.builtin import ref_of
from tests.sandbox.onec.conftest import OneC, key, order_of, refusal

ORDER = "Document_ЗаказПокупателя"
CLIENTS = "Catalog_Контрагенты"


async def test_a_list_names_its_set_and_counts_all_pages_as_text(onec: OneC) -> None:
    told = await onec.one(CLIENTS, "$top=1&$inlinecount=allpages")
    assert told["odata.metadata"].endswith("/base/odata/standard.odata/$metadata#Catalog_Контрагенты")
    assert told["odata.count"] == "2"
    assert [one["Description"] for one in told["value"]] == ["Кав’ярня «Ранкова кава»"]


async def test_one_object_is_flat_with_its_sections_inside(onec: OneC) -> None:
    told = await onec.one(key(CLIENTS, ref_of("client")))
    assert told == await onec.one(f"{CLIENTS}(Ref_Key=guid'{ref_of('client')}')")
    assert told["odata.metadata"].endswith("#Catalog_Контрагенты/@Element")
    assert (told["КодПоЕДРПОУ"], told["ИНН"], told["ЮрФизЛицо"]) == ("32855961", "328559626015", "ЮрЛицо")
    phone = told["КонтактнаяИнформация"][0]
    assert (phone["LineNumber"], phone["Тип"], phone["Представление"]) == ("1", "Телефон", "+380671112010")
    manager = f"{key(CLIENTS, ref_of('client'))}/ОсновнойМенеджерПокупателя"
    assert told["ОсновнойМенеджерПокупателя@navigationLinkUrl"] == manager


async def test_numbers_dates_and_empty_values_have_the_programs_shapes(onec: OneC) -> None:
    order = (await onec.rows(ORDER, "$top=1"))[0]
    assert order["КратностьВзаиморасчетов"] == "1"
    assert order["СуммаДокумента"] == 783.4
    assert order["ДатаОтгрузки"] == "0001-01-01T00:00:00"
    assert order["КонтактноеЛицоКонтрагента_Key"] == "00000000-0000-0000-0000-000000000000"
    assert (order["ДокументОснование"], order["ДокументОснование_Type"]) == ("", "StandardODATA.Undefined")
    assert len(order["DataVersion"]) == 12
    assert order["Date"] == "2026-11-27T12:00:00"


async def test_without_a_format_the_answer_is_atom(onec: OneC) -> None:
    answer = await onec.ask(CLIENTS, "$top=1")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "<d:КодПоЕДРПОУ>32855961</d:КодПоЕДРПОУ>" in answer.text
    entry = await onec.ask(key(CLIENTS, ref_of("client")), "")
    assert "<m:properties>" in entry.text


async def test_an_accept_header_chooses_json_and_nometadata_drops_the_extras(onec: OneC) -> None:
    accepted = await onec.ask(CLIENTS, "$top=1", headers={"Accept": "application/json"})
    assert "odata.metadata" in accepted.json()
    bare = await onec.ask(CLIENTS, "$top=1&$format=application/json;odata=nometadata")
    assert list(bare.json()) == ["value"]
    assert not [name for name in bare.json()["value"][0] if "@" in name]


async def test_select_takes_properties_sections_and_presentations(onec: OneC) -> None:
    rows = await onec.rows(ORDER, "$select=Number,Товары/Цена,Товары/Сумма,Контрагент____Presentation&$top=1")
    assert rows[0]["Number"] == "УТ00-000001"
    assert rows[0]["Контрагент____Presentation"] == "Кав’ярня «Ранкова кава»"
    assert [(line["Цена"], line["Сумма"]) for line in rows[0]["Товары"]] == [(47.9, 574.8), (104.3, 208.6)]
    assert "Date" not in rows[0]
    assert "Товары" not in (await onec.rows(ORDER, "$select=**&$top=1"))[0]


async def test_expand_works_only_with_the_navigation_in_select(onec: OneC) -> None:
    ignored = await onec.rows(ORDER, "$expand=Контрагент&$top=1")
    assert "Контрагент" not in ignored[0]
    taken = await onec.rows(ORDER, "$select=Number,Контрагент/Description&$expand=Контрагент&$top=1")
    assert taken[0]["Контрагент"] == {"Description": "Кав’ярня «Ранкова кава»"}


async def test_paging_by_the_name_gives_every_row_once(onec: OneC) -> None:
    pages = [await onec.rows("Catalog_Номенклатура", f"$orderby=Description&$top=2&$skip={skip}") for skip in (0, 2, 4)]
    assert [one["Description"] for page in pages for one in page] == [
        "Масло 82,5% 200 г", "Молоко 2,6% 1 л", "Молочні продукти", "Філе куряче охолоджене",
    ]  # fmt: skip


async def test_ordering_by_the_reference_goes_by_the_presentation(onec: OneC) -> None:
    rows = await onec.rows(CLIENTS, "$orderby=Ref_Key desc&$select=Description")
    assert [one["Description"] for one in rows] == ["ФОП Бондар", "Кав’ярня «Ранкова кава»"]


async def test_rows_of_a_section_are_a_set_and_a_path(onec: OneC) -> None:
    order = (await onec.rows(ORDER, "$top=1&$select=Ref_Key"))[0]["Ref_Key"]
    whole = await onec.rows(f"{ORDER}_Товары", f"$filter=Ref_Key eq guid'{order}'")
    inside = await onec.rows(f"{key(ORDER, order)}/Товары")
    assert [(one["Ref_Key"], one["LineNumber"], one["Количество"]) for one in whole] == [
        (order, "1", 12),
        (order, "2", 2),
    ]
    assert whole == inside


async def test_rows_of_a_section_need_their_number_in_the_order(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1", "2", "3", "4"))
    own = f"$filter=Ref_Key eq guid'{made['Ref_Key']}'&$top=2"

    async def walked(order: str) -> list[float]:
        pages = [await onec.rows(f"{ORDER}_Товары", f"{own}&$orderby={order}&$skip={skip}") for skip in (0, 2)]
        return [one["Количество"] for page in pages for one in page]

    assert await walked("Ref_Key,LineNumber") == [1, 2, 3, 4]
    assert await walked("Ref_Key") == [1, 2, 2, 1]


async def test_a_path_goes_over_references(onec: OneC) -> None:
    order = (await onec.rows(ORDER, "$top=1&$select=Ref_Key"))[0]["Ref_Key"]
    assert (await onec.one(f"{key(ORDER, order)}/Контрагент/КодПоЕДРПОУ"))["value"] == "32855961"


async def test_count_is_plain_text_and_may_be_missing(onec: OneC) -> None:
    assert (await onec.ask(f"{ORDER}/$count", "")).text == "2"
    await onec.control("quirks", count_path=False)
    assert (await onec.ask(f"{ORDER}/$count")).status_code == 400


async def test_a_record_is_found_by_its_key(onec: OneC) -> None:
    found = await onec.one("InformationRegister_Штрихкоды(Штрихкод='4820000000017')")
    assert (found["Владелец"], found["Владелец_Type"]) == (ref_of("10661"), "StandardODATA.Catalog_Номенклатура")


async def test_what_is_not_there_has_its_own_codes(onec: OneC) -> None:
    assert refusal(await onec.ask("Catalog_Нет")) == (404, "8")
    assert refusal(await onec.ask(key(CLIENTS, ref_of("nobody")))) == (404, "9")
    assert refusal(await onec.ask(CLIENTS, "$format=json&$select=Нет")) == (400, "6")
    assert refusal(await onec.ask(f"{CLIENTS}/Нет()")) == (400, "6")
    assert refusal(await onec.ask(CLIENTS, "$format=json&$top=много")) == (400, "14")
    assert refusal(await onec.ask(CLIENTS, "$format=json", method="DELETE")) == (405, "19")
    batch = await onec.ask("$batch", method="POST", content=b"")
    assert (batch.status_code, "<m:code>0</m:code>" in batch.text) == (501, True)


async def test_an_error_without_a_format_is_xml(onec: OneC) -> None:
    answer = await onec.ask("Catalog_Нет", "")
    assert answer.status_code == 404
    assert "<m:code>8</m:code>" in answer.text


async def test_an_unpublished_entity_is_unknown(onec: OneC) -> None:
    await onec.control("quirks", unpublished=[CLIENTS])
    assert refusal(await onec.ask(CLIENTS)) == (404, "8")
    names = [one["name"] for one in (await onec.rows(""))]
    assert CLIENTS not in names
    assert CLIENTS + '"' not in (await onec.ask("$metadata", "")).text
