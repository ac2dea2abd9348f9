"""A contract on the demo page: one button of a manager, one of a lawyer, a signature of the client, everybody knows."""

import re

from playwright.async_api import Page, expect

from tests.browser.test_demo import Phone, take

SOON = 90_000
"""The service is asked once a minute."""


async def test_a_contract_is_filled_approved_signed_and_known_to_everybody(page: Page) -> None:
    viber = Phone(page, ".vb-phone")
    await viber.press("Написати")
    await viber.press("Поділитися номером")
    await viber.press("Надіслати")
    await viber.sees("Ми надіслали SMS із кодом")
    await viber.write(await page.get_by_label("Код", exact=True).first.inner_text())
    await viber.sees("Андрій Шевчук")

    managers, lawyers = page.locator("#panel-managers"), page.locator("#panel-lawyers")
    await managers.get_by_role("button", name=re.compile("Загальне")).click()
    field = managers.get_by_role("textbox", name="Повідомлення").last
    await field.fill("/dohovir Ранкова кава")
    await field.press("Enter")
    await managers.get_by_role("button", name="Заповнити договір").last.click(timeout=SOON)
    await expect(lawyers.get_by_text("Документ на погодження").last).to_be_visible(timeout=SOON)
    await take(page, "contract-review")
    await lawyers.get_by_role("button", name="Погодити").last.click()

    log = page.locator(".vb-phone").get_by_role("log")
    await expect(log.get_by_text("надсилає вам документ на підпис", exact=False).last).to_be_visible(timeout=SOON)
    await take(page, "contract-asked")
    async with page.context.expect_page() as opened:
        await page.locator(".vb-phone").get_by_text("Прочитати й підписати").last.click()
    signing = await opened.value
    await expect(signing.get_by_role("heading", name=re.compile("Договір поставки № Д-"))).to_be_visible()
    await take(signing, "contract-page")
    await signing.get_by_role("button", name="Перейти до «Вчасно» й підписати").click()
    await take(signing, "contract-vchasno")
    await signing.get_by_role("button", name=re.compile("Підписати")).first.click()
    await take(signing, "contract-vchasno-signed")
    await signing.close()

    await expect(log.get_by_text("підписали всі", exact=False).last).to_be_visible(timeout=2 * SOON)
    await expect(page.locator("#panel-finance").get_by_text("Документ підписали всі", exact=False).last).to_be_visible(
        timeout=SOON
    )
    await take(page, "contract-signed")
    await page.get_by_role("button", name="Договори", exact=True).click()
    onec = page.locator("#panel-onec")
    recorded = onec.get_by_role("button", name=re.compile(r"Д-\d\d-0001 .*Підписано"))
    await expect(recorded).to_be_visible(timeout=SOON)
    await recorded.click()
    await take(page, "contract-1c")
    await page.locator(".vb-phone").get_by_role("button", name="Оригінал").last.click()
    await expect(log.get_by_text(re.compile(r"\.(docx|pdf)$")).last).to_be_visible(timeout=SOON)
