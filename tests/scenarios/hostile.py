"""People who type anything, and those who mean harm: always an answer, never an effect."""

from bot.conversation.action import INT_LEAST, INT_LIMIT
from tests.scenarios.steps import GOUDA, MILK, joined, lead_words, opens, orders, places, puts
from tests.scenarios.world import World, scenario

HUGE = "борошно " * 1250  # 10,000 characters
EMOJI = "🥛👨‍👩‍👧‍👦🇺🇦" * 30
GARBAGE = (
    "~",
    "~hm2",
    "~zz1",
    "~hm1:1",
    "~ok1:AAAAAAAAAAAAAAAAAAAAAA:0:0",
    "~or1:AAAAAAAAAAAAAAAAAAAAAA",
    "~br1:AAAAAAAAAAAAAAAAAAAAAA:0",
    "~cp1:AAAAAAAAAAAAAAAAAAAAAA",
    "~cd1:20200101",
    "~cd1:99991231",
    "~br1::-5",
    f"~br1::{INT_LIMIT - 1}",
    f"~os1:{INT_LIMIT - 1}",
    f"~fi1:{INT_LIMIT - 1}",
    "~sg1:-1",
    "~sg1:99",
    f"~ct1:{INT_LEAST}",
    "~cs1:-1",
    "~sp1:de",
    "~sp1:..",
    "~ap1:-7",
    "~af1:AAAAAAAAAAAAAAAAAAAAAA",
    "~wt1:AAAAAAAAAAAAAAAAAAAAAA:1:b:c:0",
    "~sb1:access:0",
    "~sb1:orders:2",
    "' OR 1=1 --",
)


@scenario
async def a_text_of_ten_thousand_characters_is_a_search_like_any(world: World) -> None:
    olena = await joined(world)
    await olena.writes(HUGE)
    olena.sees("борошно")
    await opens(olena, MILK)
    await olena.taps("Ввести кількість")
    await olena.writes(HUGE)
    olena.sees("Це не схоже на кількість")


@scenario
async def a_stranger_who_writes_a_novel_is_read_in_part(world: World) -> None:
    stranger = world.person("Хтось")
    await stranger.starts()
    for _ in range(4):
        await stranger.writes(HUGE)
        stranger.sees("менеджери це прочитають")
    (words,) = await lead_words(world)
    assert len(words) == 2000


@scenario
async def emoji_are_answered_wherever_text_is(world: World) -> None:
    olena = await joined(world)
    await olena.writes(EMOJI)
    olena.sees("нічого не знайшлося")
    await puts(olena, MILK, EMOJI)
    olena.sees("Це не схоже на кількість")
    stranger = world.person("Хтось")
    await stranger.starts()
    await stranger.writes(EMOJI)
    stranger.sees("менеджери це прочитають")


@scenario
async def a_photo_is_answered_with_what_works(world: World) -> None:
    olena = await joined(world)
    await olena.sends_photo()
    olena.sees("ще не вмію читати файли й зображення")
    await opens(olena, MILK)
    await olena.taps("Ввести кількість")
    await olena.sends_photo()
    olena.sees("ще не вмію читати")
    await olena.writes("2 ящ")
    olena.sees("У кошику: 2 ящ (24 шт)")


@scenario
async def a_contact_forwarded_by_somebody_known_changes_nothing(world: World) -> None:
    olena = await joined(world)
    await world.forward_contact(olena, "+380501112233")
    olena.sees("Добрий день, Олена!")


@scenario
async def payloads_that_no_button_carries_are_answered_and_harmless(world: World) -> None:
    olena = await joined(world)
    await puts(olena, GOUDA, "1 кг")
    for payload in GARBAGE:
        await olena.presses(payload)
        olena.sees_not("Щось пішло не так", "went wrong")
        assert olena.screen.text, payload
    await olena.taps("Кошик")
    olena.sees("Сир гауда", "Разом: 312,00 грн")
    assert await orders(world) == 0


@scenario
async def a_stranger_presses_anything_in_vain(world: World) -> None:
    olena, stranger = await joined(world), world.person("Хтось")
    await places(olena)
    payloads = [await olena.payload_of(label) for label in ("Повторити замовлення", "Змінити", "Скасувати замовлення")]
    await stranger.starts()
    for payload in (*payloads, *GARBAGE):
        await stranger.presses(payload)
        stranger.sees_not("K-000001", "грн", "Щось пішло не так")
        assert stranger.screen.text, payload


@scenario
async def a_forged_step_is_held_to_the_rules(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    plus = await olena.payload_of("+1 ящ")
    head, _, tail = plus.rpartition(":1:p:")
    assert head
    for steps, answer in (
        (99999, "більше, ніж можна замовити"),
        (INT_LIMIT - 1, "більше, ніж можна замовити"),
        (INT_LEAST, "Прибрано з кошика"),
        (0, "Прибрано з кошика"),
    ):
        await olena.presses(f"{head}:{steps}:p:{tail}")
        olena.sees(answer)
    await olena.taps("Кошик")
    olena.sees("Кошик порожній")


@scenario
async def a_forged_page_leads_to_buttons_that_work(world: World) -> None:
    olena = await joined(world)
    await opens(olena, MILK)
    card = (await olena.payload_of("Рахувати")).rpartition(":")[0]
    for page in (INT_LIMIT - 1, INT_LEAST):
        await olena.presses(f"{card}:{page}")
        await olena.taps("+1 шт")
        olena.sees("У кошику")
        await olena.taps("Ввести кількість")
        await olena.writes("5")
        olena.sees("У кошику: 5 шт")


@scenario
async def old_buttons_lead_to_the_present(world: World) -> None:
    olena = await joined(world)
    await olena.writes("борошно")
    page = "~fi1:0"
    await olena.taps("Замовити")
    await olena.presses(page)
    olena.sees("Ця кнопка застаріла. Ось актуальний екран.", "Добрий день, Олена!")


@scenario
async def text_that_looks_like_markup_is_only_text(world: World) -> None:
    olena = await joined(world)
    await olena.writes("<b>хліб</b> & <script>")
    olena.sees("<b>хліб</b> & <script>")
    await olena.writes("{query} %s {0}")
    olena.sees("{query} %s {0}")
