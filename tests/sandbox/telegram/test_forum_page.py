"""A forum on the phone of a member of the staff, in a real browser."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.sandbox.telegram.conftest import USER, Telegram
from tests.sandbox.telegram.pictures import PNG
from tests.sandbox.telegram.test_phone import CHROMIUM, SWITCHES

LIME, HOTEL = "Кафе «Липа»", "Готель «Дністер»"
KEYS = {"inline_keyboard": [[{"text": "Взяти розмову", "callback_data": "take"}]]}


@pytest.fixture
async def forum(telegram: Telegram) -> int:
    """Two topics; in the first one a pinned card."""
    forum = await telegram.group(is_forum=True, administrators=[USER])
    threads = [
        (await telegram.result("createForumTopic", chat_id=forum, name=name))["message_thread_id"]
        for name in (LIME, HOTEL)
    ]
    card = await telegram.send("Баланс: 0", chat_id=forum, message_thread_id=threads[0], reply_markup=KEYS)
    await telegram.result("pinChatMessage", chat_id=forum, message_id=card["message_id"])
    await telegram.updates(offset=2_000_000_000)
    return forum


@pytest.fixture(params=[360, 1280])
async def page(telegram: Telegram, forum: int, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, and a phone needs a browser")
    wrong: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = await browser.new_page(viewport={"width": request.param, "height": 740}, locale="uk")
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(f"{telegram.base}/_control/phone?user={USER}&chat={forum}")
        yield page
        await browser.close()
    assert wrong == []


async def threads(telegram: Telegram, forum: int) -> dict[str, int]:
    return {topic["name"]: topic["id"] for topic in (await telegram.chat(forum))["topics"]}


async def test_the_list_shows_what_was_not_read(page: Page, telegram: Telegram, forum: int) -> None:
    await expect(page.get_by_role("list", name="Теми").get_by_role("button")).to_have_count(3)
    hotel = (await threads(telegram, forum))[HOTEL]
    await telegram.send("Чи є моцарела?", chat_id=forum, message_thread_id=hotel)
    row = page.get_by_role("button", name=HOTEL)
    await expect(row.get_by_label("непрочитаних: 1")).to_be_visible()
    await expect(row).to_contain_text("Чи є моцарела?")
    await row.click()
    await expect(page.get_by_role("log").get_by_text("Чи є моцарела?")).to_be_visible()
    await page.get_by_role("button", name="До списку тем").click()
    await expect(page.get_by_label("непрочитаних: 1")).to_have_count(0)


async def test_what_was_read_before_everything_began_anew_hides_nothing(page: Page) -> None:
    await expect(page.get_by_role("list", name="Теми").get_by_role("button")).to_have_count(3)
    await page.evaluate('for (const key of Object.keys(localStorage)) localStorage[key] = \'{"2": 900, "1": 900}\'')
    await page.reload()
    await expect(page.get_by_role("button", name=LIME).get_by_label("непрочитаних: 3")).to_be_visible()


async def test_a_member_of_the_staff_answers_edits_and_sends_a_photo_in_a_topic(
    page: Page, telegram: Telegram, forum: int
) -> None:
    lime = (await threads(telegram, forum))[LIME]
    asked = await telegram.send("Коли привезете?", chat_id=forum, message_thread_id=lime)
    await page.get_by_role("button", name=LIME).click()
    await expect(page.get_by_role("button", name="Закріплене повідомлення")).to_contain_text("Баланс: 0")
    log, field = page.get_by_role("log"), page.get_by_role("textbox", name="Повідомлення")

    await log.get_by_role("button", name="Дії з повідомленням").last.click()
    await page.get_by_role("menuitem", name="Відповісти").click()
    await expect(page.get_by_text("Відповідь: Комора")).to_be_visible()
    await field.fill("зранку")
    await field.press("Enter")
    await expect(log.get_by_text("зранку")).to_be_visible()

    await log.get_by_role("button", name="Дії з повідомленням").last.click()
    await page.get_by_role("menuitem", name="Змінити").click()
    await expect(field).to_have_value("зранку")
    await field.fill("ввечері")
    await field.press("Enter")
    await expect(log.get_by_text("ввечері")).to_be_visible()

    await page.locator("input[type=file][accept]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PNG}
    )
    await page.get_by_role("button", name="Надіслати", exact=True).last.click()
    await expect(log.get_by_role("img", name="Фото")).to_be_visible()

    said, edited, photo = await telegram.updates()
    assert said["message"]["reply_to_message"]["message_id"] == asked["message_id"]
    assert edited["edited_message"]["text"] == "ввечері"
    assert "photo" in photo["message"]
    assert {one["message_thread_id"] for one in (said["message"], photo["message"])} == {lime}


async def test_topics_are_made_closed_and_deleted_and_the_bots_right_is_taken(
    page: Page, telegram: Telegram, forum: int
) -> None:
    deeds = page.get_by_role("button", name="Дії з темами")
    await deeds.click()
    await page.get_by_role("menuitem", name="Нова тема").click()
    await page.get_by_role("textbox", name="Назва теми").fill("Склад")
    await page.get_by_role("button", name="Створити").click()
    await expect(page.get_by_role("log").get_by_text("Створено тему «Склад»")).to_be_visible()

    await deeds.click()
    await page.get_by_role("menuitem", name="Закрити тему").click()
    await expect(page.get_by_role("log").get_by_text("Тему закрито")).to_be_visible()
    await deeds.click()
    await page.get_by_role("menuitem", name="Видалити тему").click()
    await page.get_by_role("button", name="Видалити", exact=True).click()
    await expect(page.get_by_role("list", name="Теми").get_by_role("button")).to_have_count(3)

    await deeds.click()
    await page.get_by_role("menuitem", name="Забрати в бота право на теми").click()
    await deeds.click()
    await expect(page.get_by_role("menuitem", name="Повернути боту право на теми")).to_be_visible()
    refused = await telegram.refusal("createForumTopic", chat_id=forum, name="x")
    assert refused == "400 Bad Request: not enough rights to create a topic"
