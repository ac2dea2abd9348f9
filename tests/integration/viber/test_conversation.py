"""A person in Viber and the desk, over both wires."""

from collections.abc import Callable

import pytest
from markupsafe import Markup

from bot.conversation.action import Action, payload
from bot.conversation.event import Contact, Event, File, Kind, Sender
from bot.conversation.messenger import Delivery
from bot.conversation.screen import Link, Screen, SharePhone, Tap
from tests.integration.viber.desk import RecordingDesk
from tests.integration.viber.world import TOKEN, Bot, Phone


@payload("vibertry")
class _Try(Action):
    pass


async def _only_event(desk: RecordingDesk) -> Event:
    await desk.until_done()
    (event,) = desk.events
    return event


async def test_a_written_word_reaches_the_desk_and_its_screen_the_phone(bot: Bot, phone: Phone) -> None:
    bot.desk.screen = Screen(Markup("<b>Борошно</b> 24 грн"), notice="Знайдено")

    said = await phone.does("say", text="борошно")
    event = await _only_event(bot.desk)

    token = said["callback"]["message_token"]
    assert event.id == f"message:{token}"
    assert event.sender == Sender("viber", phone.id, "Олена", "uk")
    assert (event.kind, event.text, event.action) == (Kind.WROTE, "борошно", "")
    assert event.at.timestamp() * 1000 == pytest.approx(said["callback"]["body"]["timestamp"])
    assert await phone.texts() == ["Знайдено\n\nБорошно 24 грн"]


async def test_a_tap_brings_its_payload_and_leaves_no_bubble(bot: Bot, phone: Phone) -> None:
    bot.desk.screen = Screen(Markup("Меню"), rows=((Tap("Каталог", _Try()),),))
    await phone.does("say", text="меню")
    await bot.desk.until_done()

    tapped = await phone.does("tap", index=0)
    await bot.desk.until_done(2)

    assert (bot.desk.events[1].kind, bot.desk.events[1].action) == (Kind.TAPPED, "~vibertry1")
    assert tapped["callback"]["body"]["silent"] is True


async def test_a_payload_typed_by_hand_is_a_tap_as_well(bot: Bot, phone: Phone) -> None:
    await phone.does("say", text="~vibertry1")
    event = await _only_event(bot.desk)
    assert (event.kind, event.text, event.action) == (Kind.TAPPED, "", "~vibertry1")


async def test_an_opened_link_is_not_taken_for_words(bot: Bot, phone: Phone) -> None:
    bot.desk.screen = Screen(Markup("Рахунок"), rows=((Link("Сплатити", "https://pay.example/7"),),))
    await phone.does("say", text="рахунок")
    await bot.desk.until_done()

    await phone.does("tap", index=0)
    await bot.desk.until_done(2)

    assert [event.text for event in bot.desk.events] == ["рахунок"]
    assert len(await phone.texts()) == 1


async def test_an_address_that_a_person_writes_is_words(bot: Bot, phone: Phone) -> None:
    await phone.does("say", text="https://example.com/акція")
    assert (await _only_event(bot.desk)).text == "https://example.com/акція"


async def test_a_shared_phone_is_never_proven(bot: Bot, phone: Phone) -> None:
    bot.desk.screen = Screen(Markup("Ваш телефон?"), rows=((SharePhone("Поділитися"),),))
    await phone.does("say", text="вхід")
    await bot.desk.until_done()

    await phone.does("share_phone")
    await bot.desk.until_done(2)

    assert bot.desk.events[1].kind is Kind.SHARED_PHONE
    assert bot.desk.events[1].contact == Contact("380671234567", proven=False)


async def test_a_card_of_somebody_else_looks_the_same_and_is_not_proven(bot: Bot, phone: Phone) -> None:
    await phone.does("send_contact", phone="380509999999", name="Чужий")
    assert (await _only_event(bot.desk)).contact == Contact("380509999999", proven=False)


async def test_a_desktop_shares_an_empty_number(bot: Bot, phone: Phone) -> None:
    bot.desk.screen = Screen(Markup("Ваш телефон?"), rows=((SharePhone("Поділитися"),),))
    await phone.does("say", text="вхід")
    await bot.desk.until_done()

    await phone.does("share_phone", empty=True)
    await bot.desk.until_done(2)

    assert bot.desk.events[1].contact == Contact("", proven=False)


@pytest.mark.parametrize(
    ("what", "fields", "expected"),
    [
        ("send_picture", {"name": "накладна.png"}, lambda f: f.kind == "picture" and f.ref.startswith("http")),
        ("send_file", {"name": "прайс.xlsx"}, lambda f: (f.kind, f.name) == ("file", "прайс.xlsx") and f.size > 0),
        ("send_video", {}, lambda f: f.kind == "video"),
        ("send_sticker", {}, lambda f: f == File("sticker")),
        ("send_location", {"lat": 50.4, "lon": 30.5}, lambda f: f == File("location")),
        ("send_url", {"url": "https://a.example/x"}, lambda f: f == File("url", ref="https://a.example/x")),
    ],
)
async def test_what_is_not_text_is_a_file(
    bot: Bot, phone: Phone, what: str, fields: dict[str, object], expected: Callable[[File], bool]
) -> None:
    await phone.does(what, **fields)
    event = await _only_event(bot.desk)
    assert event.kind is Kind.SENT_FILE
    assert event.file is not None
    assert expected(event.file)


async def test_who_leaves_is_told_to_the_desk_and_gets_nothing(bot: Bot, subscriber: Phone) -> None:
    await subscriber.does("block")
    event = await _only_event(bot.desk)
    assert (event.kind, event.sender.external_id) == (Kind.LEFT, subscriber.id)
    assert await subscriber.calls() == []


async def test_who_subscribes_starts(bot: Bot, phone: Phone) -> None:
    await phone.does("subscribe")
    event = await _only_event(bot.desk)
    assert (event.kind, event.text) == (Kind.STARTED, "")
    assert await phone.texts() == ["Вітаємо"]


async def test_every_message_is_recorded_with_its_cost_and_its_fate(bot: Bot, subscriber: Phone) -> None:
    await bot.messenger.show(subscriber.id, Screen(Markup("Замовлення прийнято")))
    (sent,) = bot.desk.out
    token = (await subscriber.sees())["messages"][-1]["token"]
    assert sent == ("viber", subscriber.id, token, 2)

    await subscriber.callbacks("delivered")
    await subscriber.does("seen")
    await subscriber.callbacks("seen")
    assert ("viber", token, Delivery.DELIVERED) in bot.desk.deliveries
    assert bot.desk.deliveries[-1] == ("viber", token, Delivery.SEEN)


@pytest.mark.parametrize("fault", ["failed_event", "no_desc"])
async def test_a_failed_message_is_told_with_or_without_its_reason(bot: Bot, subscriber: Phone, fault: str) -> None:
    await subscriber.set("faults", kind="failed_event")
    await subscriber.set("faults", kind=fault)
    await bot.messenger.show(subscriber.id, Screen(Markup("Привіт")))
    await subscriber.callbacks("failed")
    assert bot.desk.deliveries[-1] == ("viber", bot.desk.out[0][2], Delivery.FAILED)


async def test_the_menu_is_under_every_screen(bot: Bot, phone: Phone) -> None:
    bot.desk.screen = Screen(
        Markup("Каталог"), rows=((Tap("Далі", _Try()),),), menu=((Tap("Кошик", _Try()), Tap("Ще", _Try())),)
    )
    await phone.does("say", text="каталог")
    await bot.desk.until_done()
    buttons = (await phone.sees())["keyboard"]["Buttons"]
    assert [(one["Columns"], one["Text"].split(">")[1].split("<")[0]) for one in buttons] == [
        (6, "Далі"),
        (3, "Кошик"),
        (3, "Ще"),
    ]


async def test_the_bot_knows_its_name_and_its_link(bot: Bot) -> None:
    assert await bot.messenger.check() == "Комора"
    assert bot.messenger.start_link("a/b c&d") == "viber://pa?chatURI=komora&context=a%2Fb%20c%26d"


async def test_the_token_goes_in_the_header_alone(bot: Bot, subscriber: Phone) -> None:
    await bot.messenger.show(subscriber.id, Screen(Markup("Привіт")))
    assert TOKEN not in str(await subscriber.calls())
    assert TOKEN not in repr(bot.messenger.__dict__)
