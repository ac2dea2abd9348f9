"""Coming in: by a proven phone, by a code, by a personal link; and nobody meets a dead end."""

from datetime import timedelta

from tests.scenarios.steps import joined, lead_words, people_known
from tests.scenarios.world import World, scenario
from tests.support.wholesaler import ANDRII_PHONE, OLENA_PHONE

STRANGE_PHONE = "+380991234567"


@scenario
async def a_phone_that_the_messenger_vouches_for_lets_in(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    olena.sees("Добрий день!", "ГастроОпт", "Поділіться номером")
    olena.sees_buttons("Поділитися номером", "Менеджер", "Мова")
    await olena.shares_phone(OLENA_PHONE)
    olena.sees("Добрий день, Олена!", "Кафе «Ранок»")
    olena.sees_buttons("Замовити", "Повторити", "Кошик", "Мої замовлення", "Менеджер", "Ще")


@scenario
async def who_has_joined_is_greeted_by_name_ever_after(world: World) -> None:
    olena = await joined(world)
    await olena.starts()
    olena.sees("Добрий день, Олена!")


@scenario
async def an_unknown_phone_becomes_a_lead_with_what_is_said_after_it(world: World) -> None:
    stranger = world.person("Хтось")
    await stranger.starts()
    await stranger.shares_phone(STRANGE_PHONE)
    stranger.sees("4567", "зателефонують", "+380440000000")
    await stranger.writes("Кав'ярня на розі, потрібне молоко")
    stranger.sees("менеджери це прочитають")
    await stranger.writes("Щовівторка")
    stranger.sees("менеджери це прочитають")
    assert await lead_words(world) == ["Кав'ярня на розі, потрібне молоко\nЩовівторка"]
    assert await people_known(world) == 0


@scenario
async def a_stranger_reaches_a_human_and_no_prices(world: World) -> None:
    stranger = world.person("Хтось")
    await stranger.starts()
    await stranger.taps("Менеджер")
    stranger.sees("+380440000000")
    for word in ("Замовити", "Кошик", "Мої замовлення", "Повторити", "Ще"):
        await stranger.writes(word)
        stranger.sees("Поділіться номером")
        stranger.sees_not("грн")
    await stranger.sends_photo()
    stranger.sees("Поділіться номером")


@scenario
async def a_typed_phone_needs_the_code_that_went_there(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    olena.sees("SMS", "2233")
    olena.sees_not("067 111", "Олена")
    await olena.writes(f" {world.sms_code(OLENA_PHONE)} ")
    olena.sees("Добрий день, Олена!")


@scenario
async def after_the_code_typed_text_is_a_search_again(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    await olena.writes(world.sms_code(OLENA_PHONE))
    await olena.writes("гауда")
    olena.sees("Сир гауда брус")


@scenario
async def a_wrong_code_costs_a_try_and_the_right_one_still_works(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    right = world.sms_code(OLENA_PHONE)
    await olena.writes(_wrong(right))
    olena.sees("Код не той. Залишилося 4 спроби.")
    await olena.writes("який код?")
    olena.sees("Код не той. Залишилося 3 спроби.")
    await olena.writes(right)
    olena.sees("Добрий день, Олена!")


@scenario
async def after_five_wrong_codes_the_right_one_is_dead(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    right = world.sms_code(OLENA_PHONE)
    for _ in range(4):
        await olena.writes(_wrong(right))
    olena.sees("Залишилася 1 спроба")
    await olena.writes(_wrong(right))
    olena.sees("Цей код уже не діє")
    await olena.writes(right)
    olena.sees("Цей код уже не діє")
    await olena.writes("067 111 22 33")
    await olena.writes(world.sms_code(OLENA_PHONE))
    olena.sees("Добрий день, Олена!")


@scenario
async def a_code_lives_ten_minutes(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    world.clock.moment += timedelta(minutes=10)
    await olena.writes(world.sms_code(OLENA_PHONE))
    olena.sees("Цей код уже не діє")


@scenario
async def three_codes_an_hour_and_no_more(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    for _ in range(3):
        await olena.taps("Ввести номер")
        await olena.writes("067 111 22 33")
        olena.sees("Ми надіслали SMS")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    olena.sees("Ми вже надіслали три коди")
    world.clock.moment += timedelta(hours=1)
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    await olena.writes(world.sms_code(OLENA_PHONE))
    olena.sees("Добрий день, Олена!")


@scenario
async def a_code_is_of_the_account_that_asked_for_it(world: World) -> None:
    olena, thief = world.person("Олена"), world.person("Хтось")
    for person in (olena, thief):
        await person.starts()
        await person.taps("Ввести номер")
    await thief.writes("050 111 22 33")
    await olena.writes("067 111 22 33")
    await thief.writes(world.sms_code(OLENA_PHONE))
    thief.sees("Код не той")
    await olena.writes(world.sms_code(OLENA_PHONE))
    olena.sees("Добрий день, Олена!")
    assert await people_known(world) == 1


@scenario
async def a_forwarded_contact_proves_nothing(world: World) -> None:
    thief = world.person("Хтось")
    await thief.starts()
    await world.forward_contact(thief, ANDRII_PHONE)
    thief.sees("SMS", "2233")
    assert await people_known(world) == 0
    await thief.writes(world.sms_code(ANDRII_PHONE))
    thief.sees("Добрий день, Андрій!")


@scenario
async def what_is_no_phone_is_asked_for_again(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("нуль шістдесят сім")
    olena.sees("не схоже на номер", "067 123 45 67")
    await olena.writes("0671112233")
    olena.sees("SMS")


@scenario
async def a_personal_link_lets_its_person_in_once(world: World) -> None:
    token = await world.invite("Андрій")
    andrii, thief = world.person("Андрій"), world.person("Хтось")
    await andrii.starts(token)
    andrii.sees("Добрий день, Андрій!", "Кафе «Ранок»")
    await thief.starts(token)
    thief.sees("Цим посиланням уже скористалися", "Поділіться номером")
    await andrii.starts(token)
    andrii.sees("Добрий день, Андрій!")
    assert await people_known(world) == 1


@scenario
async def a_personal_link_lives_a_month(world: World) -> None:
    token = await world.invite("Андрій")
    world.clock.moment += timedelta(days=30)
    andrii = world.person("Андрій")
    await andrii.starts(token)
    andrii.sees("Цим посиланням уже скористалися, або воно застаріло")
    await andrii.shares_phone(ANDRII_PHONE)
    andrii.sees("Добрий день, Андрій!")


@scenario
async def a_made_up_link_is_a_plain_start_with_a_word_on_it(world: World) -> None:
    thief = world.person("Хтось")
    await thief.starts("A" * 32)
    thief.sees("застаріло", "Поділіться номером")
    await thief.starts("promo")
    thief.sees("Поділіться номером")
    thief.sees_not("застаріло")


@scenario
async def a_language_is_chosen_and_kept(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Мова")
    await olena.taps("Русский")
    olena.sees("Добрый день, Олена!")
    olena.sees_buttons("Заказать", "Корзина")
    await olena.taps("Заказать")
    olena.sees_buttons("Мука")
    await olena.writes("Кошик")
    olena.sees("Корзина")
    await olena.writes("язык")
    await olena.taps("English")
    olena.sees("Good day, Олена!")
    await olena.starts()
    olena.sees("Good day, Олена!")


@scenario
async def a_stranger_may_choose_a_language_too(world: World) -> None:
    stranger = world.person("Хтось")
    await stranger.starts()
    await stranger.taps("Мова")
    await stranger.taps("English")
    stranger.sees("Share your phone number")


@scenario
async def signing_out_hands_the_messenger_back_to_nobody(world: World) -> None:
    olena = await joined(world)
    await olena.taps("Ще")
    await olena.taps("Вийти")
    await olena.taps("Ні, лишитися")
    await olena.taps("Вийти")
    await olena.taps("Так, вийти")
    olena.sees("Ви вийшли")
    await olena.writes("молоко")
    olena.sees("поділіться номером")
    await olena.shares_phone(OLENA_PHONE)
    olena.sees("Добрий день, Олена!")


@scenario
async def joining_told_twice_is_joining_once(world: World) -> None:
    token = await world.invite("Андрій")
    andrii = world.person("Андрій")
    await andrii.starts(token)
    await world.again(andrii)
    await andrii.starts()
    andrii.sees("Добрий день, Андрій!")


@scenario
async def a_wrong_code_told_twice_costs_one_try(world: World) -> None:
    olena = world.person("Олена")
    await olena.starts()
    await olena.taps("Ввести номер")
    await olena.writes("067 111 22 33")
    right = world.sms_code(OLENA_PHONE)
    await olena.writes(_wrong(right))
    await world.again(olena)
    await world.again(olena)
    await olena.writes(_wrong(right))
    olena.sees("Залишилося 3 спроби")


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@scenario
async def a_number_is_not_pestered_from_many_accounts(world: World) -> None:
    for name in ("Перший", "Другий"):
        pest = world.person(name)
        await pest.starts()
        for _ in range(3):
            await pest.taps("Ввести номер")
            await pest.writes("067 111 22 33")
            pest.sees("Ми надіслали SMS")
    third = world.person("Третій")
    await third.starts()
    await third.taps("Ввести номер")
    await third.writes("067 111 22 33")
    third.sees("Зачекайте годину")
