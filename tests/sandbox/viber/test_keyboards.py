"""Keyboards and carousels, as the server's schema checks them by min_api_version."""

from typing import Any

import pytest

from tests.sandbox.viber.conftest import Viber

Json = dict[str, Any]
BUTTON: Json = {"ActionBody": "cart", "Text": "Кошик"}
CARDS: Json = {"Type": "rich_media", "ButtonsGroupColumns": 6, "ButtonsGroupRows": 2}
PROPERTIES = "object has missing required properties"

REFUSED: list[tuple[Json, str]] = [
    ({"Buttons": [BUTTON]}, f'{PROPERTIES} (["Type"])'),
    (
        {"Type": "keyboard", "Buttons": []},
        "array is too short: must have at least 1 elements but instance has 0 elements",
    ),
    ({"Type": "keyboard"}, f'{PROPERTIES} (["Buttons"])'),
    ({"Type": "keyboard", "Buttons": [{"Text": "Кошик"}]}, f'{PROPERTIES} (["ActionBody"])'),
    (
        {"Type": "keyboard", "Buttons": [BUTTON | {"ActionType": "share-phone"}]},
        'instance value ("share-phone") not found in enum (possible values: ["reply","open-url",""])',
    ),
    (
        {"Type": "keyboard", "Buttons": [BUTTON | {"Columns": 7}]},
        "numeric instance is greater than the required maximum (maximum: 6, found: 7)",
    ),
    (
        {"Type": "keyboard", "Buttons": [BUTTON | {"Rows": 3}]},
        "numeric instance is greater than the required maximum (maximum: 2, found: 3)",
    ),
    (
        {"Type": "keyboard", "Buttons": [BUTTON | {"Text": "а" * 251}]},
        f'string "{"а" * 60}..." is too long (length: 251, maximum allowed: 250)',
    ),
    (
        {"Type": "keyboard", "Buttons": [{"ActionBody": "x"}]},
        "instance failed to match at least one required schema among 4",
    ),
    (
        {"Type": "keyboard", "Buttons": [BUTTON] * 25},
        "keyboard has 25 rows, maximum allowed: 24",
    ),
    (
        {"Type": "keyboard", "Buttons": [BUTTON | {"BgColor": "red"}]},
        'ECMA 262 regex "^#[0-9A-Fa-f]{6}$" does not match input string "red"',
    ),
]
NEWER: list[tuple[int, Json, Json]] = [
    (3, {"HeightScale": 50}, {}),
    (3, {"CustomDefaultHeight": 40}, {}),
    (4, {"InputFieldState": "hidden"}, {}),
    (4, {"ButtonsGroupColumns": 3}, {"Columns": 3}),
    (4, {}, {"TextPaddings": [1, 2, 3, 12]}),
    (6, {}, {"Frame": {"BorderWidth": 10, "BorderColor": "#7360F2", "CornerRadius": 0}}),
    (6, {}, {"TextShouldFit": True}),
    (6, {"FavoritesMetadata": {}}, {}),
]


@pytest.mark.parametrize(("keyboard", "problem"), REFUSED)
async def test_a_wrong_keyboard_is_refused_in_the_words_of_the_validator(
    viber: Viber, keyboard: Json, problem: str
) -> None:
    user = await viber.subscriber()
    answer = await viber.send(user, keyboard=keyboard)
    assert (answer["status"], answer["status_message"]) == (3, f"keyboard is not valid. [{problem}]")


@pytest.mark.parametrize(("level", "own", "button"), NEWER)
async def test_a_property_newer_than_min_api_version_is_incompatible(
    viber: Viber, level: int, own: Json, button: Json
) -> None:
    user = await viber.subscriber()
    keyboard = {"Type": "keyboard", "Buttons": [BUTTON | button]} | own
    assert (await viber.send(user, keyboard=keyboard, min_api_version=level - 1))["status"] == 14
    assert (await viber.send(user, keyboard=keyboard, min_api_version=level))["status"] == 0


async def test_share_phone_needs_version_three(viber: Viber) -> None:
    user = await viber.subscriber()
    keyboard = {"Type": "keyboard", "Buttons": [BUTTON | {"ActionType": "share-phone"}]}
    assert (await viber.send(user, keyboard=keyboard, min_api_version=3))["status"] == 0


async def test_two_row_buttons_share_their_rows_with_neighbours(viber: Viber) -> None:
    user = await viber.subscriber()
    tall, short = BUTTON | {"Columns": 2, "Rows": 2}, BUTTON | {"Columns": 4}
    keyboard = {"Type": "keyboard", "Buttons": [tall, short, short] * 12}
    assert (await viber.send(user, keyboard=keyboard))["status"] == 0


async def test_a_keyboard_may_go_without_a_message(viber: Viber) -> None:
    user = await viber.subscriber()
    keyboard = {"Type": "keyboard", "Buttons": [BUTTON]}
    await viber.call("send_message", {"receiver": user, "sender": {"name": "Комора"}, "keyboard": keyboard})
    chat = await viber.get("chat", user=user)
    assert (chat["keyboard"], len(chat["messages"])) == (keyboard, 1)


async def test_only_the_last_message_has_a_keyboard(viber: Viber) -> None:
    user = await viber.subscriber()
    await viber.send(user, keyboard={"Type": "keyboard", "Buttons": [BUTTON]})
    await viber.send(user)
    assert (await viber.get("chat", user=user))["keyboard"] is None


async def test_a_carousel_is_six_cards_at_most(viber: Viber) -> None:
    user = await viber.subscriber()
    card = [BUTTON | {"Rows": 2}]
    good = {"type": "rich_media", "min_api_version": 7, "rich_media": CARDS | {"Buttons": card * 6}}
    assert (await viber.send(user, **good))["status"] == 0
    answer = await viber.send(user, **good | {"rich_media": CARDS | {"Buttons": card * 7}})
    assert (answer["status"], answer["status_message"]) == (
        3, "rich_media is not valid. [buttons fill more than 6 cards]",
    )  # fmt: skip


async def test_a_carousel_has_no_share_phone_and_needs_version_two(viber: Viber) -> None:
    user = await viber.subscriber()
    rich = {"type": "rich_media", "rich_media": CARDS | {"Buttons": [BUTTON]}}
    assert (await viber.send(user, **rich, min_api_version=1))["status"] == 14
    asking = {"rich_media": CARDS | {"Buttons": [BUTTON | {"ActionType": "share-phone"}]}}
    assert (await viber.send(user, **rich | asking, min_api_version=7))["status"] == 3


async def test_a_button_larger_than_its_group_is_refused(viber: Viber) -> None:
    user = await viber.subscriber()
    keyboard = {"Type": "keyboard", "ButtonsGroupColumns": 3, "Buttons": [BUTTON | {"Columns": 6}]}
    assert (await viber.send(user, keyboard=keyboard, min_api_version=4))["status"] == 3


async def test_nonsense_in_place_of_a_keyboard_is_bad_data(viber: Viber) -> None:
    user = await viber.subscriber()
    wrong: list[Any] = ["keyboard", [], 5, {"Type": "keyboard", "Buttons": "x"}, {"Type": [], "Buttons": [None, {}]}]
    assert [(await viber.send(user, keyboard=one))["status"] for one in wrong] == [3, 3, 3, 3, 3]
