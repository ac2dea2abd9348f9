"""A reminder as a text message: the level's words within two parts, ours where it has none or they do not fit."""

from dataclasses import replace

import pytest

from bot.domain.money import Money
from bot.domain.sms import segments
from bot.i18n import translator
from handlers.app import default_ladder
from handlers.reminders import TextMessage, sms_words, text_message

LINK = "https://bot.example.ua/pay/" + "x" * 32
VALUES = {
    "client": "Кафе «Ранок»", "company": "ГастроОпт", "total": "1\u00a0500,00\u00a0грн", "overdue": "500,00\u00a0грн",
    "due": "20 листопада", "days": "7",
}  # fmt: skip
SUM = Money.of(1500)


def said(words: str, **values: str) -> TextMessage:
    return text_message(translator("uk"), words, VALUES | values, LINK, SUM)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "{company}: до сплати {total}. {link}"),
        ("ru", "{company}: к оплате {total}. {link}"),
        ("en", "{company}: to pay {total}. {link}"),
    ],
)
def test_a_level_without_words_of_its_own_says_ours(language: str, words: str) -> None:
    level = replace(default_ladder().levels[0], sms={})
    assert sms_words(translator(language), level) == words


def test_a_level_says_its_own_words_with_plain_blanks() -> None:
    level = replace(default_ladder().levels[0], sms={"uk": "{company}: {days} дн., {overdue} з {total}. {link}"})
    message = said(sms_words(translator("uk"), level))
    assert message.sent == f"ГастроОпт: 7 дн., 500,00 грн з 1 500,00 грн. {LINK}"
    assert message == TextMessage(f"ГастроОпт: 7 дн., 500,00\u00a0грн з 1\u00a0500,00\u00a0грн. {LINK}", own=True)


def test_a_long_name_of_the_company_is_cut_until_the_link_fits() -> None:
    message = said("{company}: сплатіть {overdue}. {link}", company="Гуртівня продуктів для ресторанів " * 3)
    assert (message.own, segments(message.sent), message.text.endswith(LINK)) == (True, 2, True)
    assert message.text.startswith("Гуртівня продуктів")


def test_words_that_never_fit_give_way_to_the_sum_and_the_link() -> None:
    assert said("{company}: {link}" + " дуже довго" * 12) == TextMessage(f"1\u00a0500,00\u00a0грн: {LINK}", own=False)
