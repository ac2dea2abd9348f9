"""Finding goods and saying how much: shelves, search as people type it, steppers, typed quantities."""

from tests.scenarios.steps import FLOUR, GOUDA, MILK, RICE, forget_price, joined, opens, puts, withdraw
from tests.scenarios.world import World, scenario


@scenario
async def shelves_lead_to_a_card_and_a_stepper_to_the_cart(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Замовити")
    olena.sees("Наші товари")
    await olena.taps("Молочні продукти")
    await olena.taps("Молоко")
    olena.sees("Молочні продукти › Молоко", "47,90 грн/шт", "ящ = 12 шт")
    await olena.taps("2")
    olena.sees("Молоко 2,6%", "артикул 10661", "Ціна: 47,90 грн/шт", "574,80 грн", "Залишилося мало: 100 шт")
    await olena.taps("+1 ящ")
    olena.sees("У кошику: 1 ящ (12 шт) на 574,80 грн")
    await olena.taps("+5 ящ")
    olena.sees("У кошику: 6 ящ (72 шт) на 3 448,80 грн")
    await olena.taps("−1 ящ")
    olena.sees("У кошику: 5 ящ (60 шт)")
    await olena.taps("Назад")
    olena.sees("Молочні продукти › Молоко", "у кошику: 60 шт")


@scenario
async def less_than_nothing_is_nothing(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    await olena.taps("+1 ящ")
    await olena.taps("−5 ящ")
    olena.sees("Прибрано з кошика")
    await olena.taps("Кошик")
    olena.sees("Кошик порожній")


@scenario
async def an_article_is_counted_in_packs_or_in_its_own_unit(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    await olena.taps("Рахувати в: шт")
    await olena.taps("+5 шт")
    olena.sees("У кошику: 5 шт на 239,50 грн")
    await olena.taps("Рахувати в: ящ")
    await olena.taps("+1 ящ")
    olena.sees("У кошику: 17 шт")


@scenario
async def a_quantity_is_typed_in_the_unit_of_the_screen_or_in_the_one_named(world: World) -> None:
    olena = await joined(world)
    for typed, shown in (("2", "2 ящ (24 шт)"), ("7 шт", "7 шт"), ("0,5 ящика", "6 шт"), ("3ящ.", "3 ящ (36 шт)")):
        await puts(olena, MILK, typed)
        olena.sees(f"У кошику: {shown}")
    await puts(olena, GOUDA, "1500 г")
    olena.sees("У кошику: 1,5 кг на 468,00 грн")
    await puts(olena, MILK, "0")
    olena.sees("Прибрано з кошика")


@scenario
async def a_wrong_multiple_is_refused_with_the_reason_and_what_would_fit(world: World) -> None:
    olena = await joined(world)
    await puts(olena, FLOUR, "30 кг")
    olena.sees("кратно 25 кг", "бо так його фасують", "25 або 50 кг")
    await olena.writes("10 кг")
    olena.sees("Підійде: 25 кг")
    await olena.writes("50 кг")
    olena.sees("У кошику: 2 міш (50 кг) на 920,00 грн")


@scenario
async def what_is_no_quantity_is_asked_again_and_nothing_is_lost(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await puts(olena, MILK, "багато")
    olena.sees("Це не схоже на кількість")
    await olena.writes("-3")
    olena.sees("Це не схоже на кількість")
    await olena.writes("99999999")
    olena.sees("більше, ніж можна замовити", "99 999 шт")
    await olena.writes("4")
    olena.sees("У кошику: 4 ящ (48 шт)")


@scenario
async def a_question_left_alone_is_forgotten(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    await olena.taps("Ввести кількість")
    await olena.taps("Назад")
    await olena.writes("12")
    olena.sees_not("У кошику")
    await olena.taps("Кошик")
    olena.sees("Кошик порожній")


@scenario
async def search_forgives_typos_other_languages_and_latin_letters(world: World) -> None:
    olena = await joined(world)
    for query, found in (
        ("молоко", "Молоко 2,6%"),
        ("малоко", "Молоко 2,6%"),
        ("МОЛОКО", "Молоко 2,6%"),
        ("сливки", "Вершки 33%"),
        ("мука пшеничная", "Борошно пшеничне"),
        ("борошно рисове", "Борошно рисове"),
        ("moloko", "Молоко 2,6%"),
        ("gauda", "Сир гауда"),
        ("ьоцарела", "Моцарела"),
        ("60010", "Борошно пшеничне"),
        ("4820000060010", "Борошно пшеничне"),
    ):
        await olena.writes(query)
        olena.sees(found)


@scenario
async def nothing_found_offers_words_that_would_find(world: World) -> None:
    olena = await joined(world)
    await olena.writes("авокадо")
    olena.sees("нічого не знайшлося", "авокадо")
    olena.sees_buttons("Категорії", "На початок")
    await olena.taps("Категорії")
    olena.sees("Наші товари")


@scenario
async def found_goods_lead_to_a_card_and_back_to_what_was_found(world: World) -> None:
    olena = await joined(world)
    await olena.writes("борошно")
    olena.sees("«борошно»: 2 товари", "Борошно пшеничне", "Борошно рисове")
    await olena.taps("1")
    await olena.taps("+1")
    await olena.taps("Назад")
    olena.sees("«борошно»: 2 товари", "у кошику")


@scenario
async def a_typed_quantity_leads_back_to_what_was_found_too(world: World) -> None:
    olena = await joined(world)
    await olena.writes("борошно")
    await olena.taps("1")
    await olena.taps("Ввести кількість")
    await olena.writes("2")
    olena.sees("У кошику: 2 ящ (20 шт)")
    await olena.taps("Назад")
    olena.sees("«борошно»: 2 товари")


@scenario
async def each_client_has_their_own_prices(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    for person, price in ((olena, "47,90 грн"), (iryna, "45,95 грн")):
        await opens(person, MILK)
        person.sees(f"Ціна: {price}")


@scenario
async def what_is_out_of_stock_says_so_and_can_be_ordered(world: World) -> None:
    olena = await joined(world)
    await opens(olena, "15662")
    olena.sees("Немає на складі")
    await olena.taps("+1 ящ")
    await olena.taps("Кошик")
    olena.sees("зараз немає на складі", "920,00 грн")
    await puts(olena, MILK, "20 ящ")
    await olena.taps("Кошик")
    olena.sees("на складі лише 100 шт")


@scenario
async def an_article_without_a_price_is_shown_but_not_sold(world: World) -> None:
    olena = await joined(world)
    await forget_price(world, GOUDA)
    await opens(olena, GOUDA)
    olena.sees("Для вас ще немає ціни")
    assert not [label for label in olena.screen.buttons if label.startswith("+")]


@scenario
async def an_article_outside_the_assortment_is_not_there(world: World) -> None:
    olena, iryna = await joined(world, "Олена"), await joined(world, "Ірина")
    await opens(olena, RICE)
    card, plus = await olena.payload_of("Рахувати"), await olena.payload_of("+1")
    await iryna.writes("борошно рисове")
    iryna.sees_not("Борошно рисове 1 кг")
    for payload in (card, plus):
        await iryna.presses(payload)
        iryna.sees("Цього тут уже немає")
    await iryna.taps("Кошик")
    iryna.sees("Кошик порожній")


@scenario
async def an_article_withdrawn_between_two_taps_is_not_sold(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    await withdraw(world, MILK)
    await olena.taps("+1 ящ")
    olena.sees("Цього тут уже немає")


@scenario
async def a_stepper_told_twice_steps_once(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    await olena.taps("+1 ящ")
    await world.again(olena)
    await world.again(olena)
    await olena.taps("Кошик")
    olena.sees("1 ящ (12 шт)", "Разом: 574,80 грн")


@scenario
async def a_typed_quantity_told_twice_is_put_once(world: World) -> None:
    olena = await joined(world)
    await puts(olena, MILK, "2 ящ")
    await world.again(olena)
    await olena.taps("Кошик")
    olena.sees("2 ящ (24 шт)", "Разом: 1 149,60 грн")
