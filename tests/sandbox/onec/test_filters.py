"""The filter language: what it can say, what it refuses, what it passes over in silence."""

import pytest

from sandbox.onec.builtin import ref_of
from tests.sandbox.onec.conftest import OneC, refusal

ORDER = "Document_ЗаказПокупателя"
GOODS = "Catalog_Номенклатура"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Артикул eq '10661'", ["10661"]),
        ("Артикул ne '10661' and IsFolder eq false", ["11011", "21001"]),
        ("not (Артикул eq '10661' or Артикул eq '11011') and not IsFolder", ["21001"]),
        ("substringof('МОЛОКО',Description)", ["10661"]),
        ("startswith(Description,'Масло')", ["11011"]),
        ("endswith(Description,'охолоджене') eq true", ["21001"]),
        ("like(Description,'М%л')", ["10661"]),
        ("like(Артикул,'[12]1%')", ["11011", "21001"]),
        ("concat(Артикул,'x') eq '10661x'", ["10661"]),
        ("substring(Артикул,1,2) eq '11'", ["11011"]),
        ("БазоваяЕдиницаИзмерения/Description eq 'кг'", ["21001"]),
        (f"Parent_Key eq guid'{ref_of('folder').upper()}' and Артикул ge '11'", ["11011", "21001"]),
        ("Description eq 'О''Коннор'", []),
    ],
)
async def test_articles_are_found_by(onec: OneC, text: str, found: list[str]) -> None:
    rows = await onec.rows(GOODS, f"$select=Артикул&$orderby=Артикул&$filter={text}")
    assert [one["Артикул"] for one in rows] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Date ge datetime'2026-11-27T00:00:00' and Date lt datetime'2026-11-28T00:00:00'", 2),
        ("Date lt datetime'2026-11-27'", 0),
        ("year(Date) eq 2026 and month(Date) eq 11", 2),
        ("datedifference(Date, datetime'2026-11-29T12:00:00', 'day') eq 2", 2),
        ("Контрагент/КодПоЕДРПОУ eq '32855961'", 2),
        ("Контрагент/ОсновнойМенеджерПокупателя/Description eq 'Оксана Мельник'", 2),
        ("СуммаДокумента gt 700.5 and Posted", 1),
        ("СуммаДокумента sub 83.4 eq 700", 1),
        ("Товары/any(d: d/Цена gt 150)", 1),
        ("Товары/all(d: d/Количество lt 10)", 1),
        ("ДатаОтгрузки eq datetime'0001-01-01T00:00:00'", 2),
        ("Договор_Нет eq 1 or true", None),
    ],
)
async def test_orders_are_found_by(onec: OneC, text: str, found: int | None) -> None:
    answer = await onec.ask(ORDER, f"$format=json&$select=Number&$filter={text}")
    assert len(answer.json()["value"]) == found if found is not None else refusal(answer) == (400, "6")


async def test_dozens_of_keys_are_asked_at_once(onec: OneC) -> None:
    keys = [ref_of("10661"), *(ref_of(f"немає {number}") for number in range(80)), ref_of("21001")]
    text = " or ".join(f"Ref_Key eq guid'{one}'" for one in keys)
    assert [one["Артикул"] for one in await onec.rows(GOODS, f"$filter={text}")] == ["10661", "21001"]
    mixed = f"{text} or Артикул eq '11011'"
    assert len(await onec.rows(GOODS, f"$filter={mixed}")) == 3


async def test_too_deep_an_expression_is_refused(onec: OneC) -> None:
    deep = "(" * 300 + "true" + ")" * 300
    assert refusal(await onec.ask(GOODS, f"$format=json&$filter={deep}")) == (400, "14")
    assert refusal(await onec.ask(GOODS, "$format=json&$filter=" + "not " * 1000 + "IsFolder")) == (400, "14")


async def test_a_composite_attribute_wants_a_cast(onec: OneC) -> None:
    order = (await onec.rows(ORDER, "$top=1&$select=Ref_Key"))[0]["Ref_Key"]
    shipments = "Document_РеализацияТоваровУслуг"
    assert await onec.rows(shipments, f"$filter=Сделка eq guid'{order}'") == []
    cast = f"cast(guid'{order}','Document_ЗаказПокупателя')"
    assert len(await onec.rows(shipments, f"$filter=Сделка eq {cast}")) == 1


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("contains(Description,'а')", 400, "14"),
        ("tolower(Description) eq 'а'", 400, "14"),
        ("Description eq", 400, "14"),
        ("Description = 'а'", 400, "14"),
        ("Description", 400, "14"),
        ("Description eq 5", 400, "14"),
        ("Ref_Key eq guid'12'", 400, "14"),
        ("Нет eq 1", 400, "6"),
        ("Комментарий eq 'а'", 500, "-1"),
        (f"Ref_Key gt guid'{ref_of('10661')}'", 500, "-1"),
    ],
)
async def test_what_the_language_refuses(onec: OneC, text: str, status: int, code: str) -> None:
    assert refusal(await onec.ask(GOODS, f"$format=json&$filter={text}")) == (status, code)


async def test_an_unlimited_string_can_be_searched_inside(onec: OneC) -> None:
    assert len(await onec.rows(ORDER, "$filter=substringof('Перше',Комментарий)")) == 1


async def test_a_plus_for_a_space_breaks_the_program(onec: OneC) -> None:
    address = "/base/odata/standard.odata/Catalog_Номенклатура?$format=json&$filter=IsFolder+eq+false"
    assert (await onec.http.get(address)).status_code == 500
    assert (await onec.http.get(address.replace("+", "%20"))).status_code == 200


async def test_some_bases_fail_on_dates(onec: OneC) -> None:
    await onec.control("quirks", date_filter=False)
    answer = await onec.ask(ORDER, "$format=json&$filter=Date ge datetime'2026-01-01T00:00:00'")
    assert refusal(answer) == (500, "-1")
    assert len(await onec.rows(ORDER, "$filter=Posted eq true")) == 2
