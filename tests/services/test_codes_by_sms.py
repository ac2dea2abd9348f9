"""A code by SMS belongs to the turn that asked for it."""

import re
from dataclasses import replace

import pytest

from bot.db.books import Books
from bot.domain.dialogue import Turn
from bot.domain.sms import SmsSent
from bot.i18n import Translator
from bot.services.joining import Joining, Step
from tests.support.desk import MONDAY_MORNING, Clock, Sms
from tests.support.wholesaler import OLENA_PHONE

TURN = Turn("viber", "b2xlbmE=", "event-1", MONDAY_MORNING)
TR = Translator("uk")


class Killed(BaseException):
    pass


class DyingSms(Sms):
    """The process dies right after the first message has gone."""

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        sent = await super().send(phone, text, key)
        if len(self.sent) == 1:
            raise Killed
        return sent


def code_of(text: str) -> str:
    found = re.search(r"\d{6}", text)
    assert found
    return found[0]


async def test_an_event_that_comes_again_brings_a_code_of_its_own(shop: Books) -> None:
    await shop.write(lambda tx: tx.accounts.meet("viber", "b2xlbmE=", "Олена", MONDAY_MORNING, None))
    sms = DyingSms()
    joining = Joining(shop, sms, company="ГастроОпт", now=Clock())
    with pytest.raises(Killed):
        await joining.by_claimed_phone(TURN, OLENA_PHONE, "Олена", TR)
    asked = await joining.by_claimed_phone(TURN, OLENA_PHONE, "Олена", TR)
    assert (asked.step, len(sms.sent), len(set(sms.keys))) == (Step.CODE_SENT, 2, 2)
    joined = await joining.by_code(replace(TURN, event_id="event-2"), code_of(sms.sent[-1][1]))
    assert joined.step is Step.JOINED


async def test_an_event_that_was_answered_sends_no_second_code(shop: Books) -> None:
    sms = Sms()
    joining = Joining(shop, sms, company="ГастроОпт", now=Clock())
    for _ in range(2):
        assert (await joining.by_claimed_phone(TURN, OLENA_PHONE, "Олена", TR)).step is Step.CODE_SENT
    assert len(sms.sent) == 1


async def test_a_key_tells_neither_the_phone_nor_the_code(shop: Books) -> None:
    sms = Sms()
    await Joining(shop, sms, company="ГастроОпт", now=Clock()).by_claimed_phone(TURN, OLENA_PHONE, "Олена", TR)
    assert re.fullmatch(r"[0-9a-f]{32}", sms.keys[0])
