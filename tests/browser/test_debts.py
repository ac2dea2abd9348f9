"""The next morning on the demo page: the digest in the finance chat, a debtor who promises, a question answered."""

import re

from playwright.async_api import Page, expect

from tests.browser.test_demo import Phone, take


async def test_the_next_morning_brings_the_digest_and_a_debtor_on_viber_promises_and_asks(page: Page) -> None:
    viber = Phone(page, ".vb-phone")
    await viber.press("Написати")
    await viber.press("Поділитися номером")
    await viber.press("Надіслати")
    await viber.sees("Ми надіслали SMS із кодом")
    await viber.write(await page.get_by_label("Код", exact=True).first.inner_text())
    await viber.sees("Андрій Шевчук")

    clock = page.locator("#clock")
    await clock.locator("summary").click()
    await clock.get_by_role("button", name="Наступний робочий ранок").click()
    finance = page.locator("#panel-finance")
    await expect(finance.get_by_text("Найбільші боржники:", exact=False)).to_be_visible(timeout=60_000)
    await expect(finance.get_by_text(re.compile(r"Борги клієнтів .*\.xlsx"))).to_be_visible()
    await take(page, "digest")

    pay = page.locator(".vb-phone").get_by_role("button", name="Сплачу…").last
    await expect(pay).to_be_visible(timeout=60_000)
    await viber.sees("Разом:")
    await take(page, "reminded")
    await pay.click()
    await viber.sees("Коли сплатите")
    await page.locator(".vb-phone").get_by_role("button", name=re.compile("^Пт ")).last.click()
    await viber.sees("До того дня про оплату не нагадуватимемо.")

    await viber.press("Менеджер")
    await viber.sees("Напишіть запитання сюди")
    await viber.write("Чи можна замінити моцарелу на бурату?")
    await viber.sees("Ваше запитання в менеджера.")
    managers = page.locator("#panel-managers")
    await managers.get_by_role("button", name=re.compile("Ранкова кава")).click(timeout=60_000)
    await expect(managers.get_by_role("log").get_by_text("Чи можна замінити моцарелу на бурату?").last).to_be_visible(
        timeout=60_000
    )
    await take(page, "topic")
    answer = managers.get_by_role("textbox", name="Повідомлення").last
    await answer.fill("Так, замінимо.")
    await answer.press("Enter")
    log = page.locator(".vb-phone").get_by_role("log")
    await expect(log.get_by_text("Так, замінимо.").last).to_be_visible(timeout=60_000)
    await take(page, "answered")
