"""Registered in the service of signatures: found by asking, granted once a legal entity, told once."""

from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.db.models import Client
from bot.db.tx import Tx
from bot.domain.errors import Unavailable
from bot.domain.job import Job, Queue, Run
from bot.domain.notice import NoticeKind
from bot.domain.promotion import VCHASNO, Applies, Promotion, Rules
from bot.services import registrations
from bot.services.promotions import Promotions
from bot.services.registrations import LOOK_REGISTERED, Registrations
from tests.db.people import DNIPRO, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.support.signing import Notary

FIVE = Rules((Promotion(VCHASNO, Decimal(5), Applies.GRANT, once_per_client=True),))


class Office:
    """Asks the service in memory; `notary.companies` are registered there."""

    def __init__(self, room: Backroom, rules: Rules = FIVE) -> None:
        self.room, self.notary = room, Notary()
        self.service = Registrations(room.books, self.notary, Promotions(rules, room.clock), room.clock)

    async def looks(self) -> None:
        await self.service.look(Run("1", Job(LOOK_REGISTERED, Queue.SIGNING, {}, key="1"), 1))
        while await self.room.run(LOOK_REGISTERED, self.service.look):
            pass

    async def granted(self) -> list[str]:
        def read(tx: Tx) -> list[str]:
            return [one.name for one in (RANOK, DNIPRO) if VCHASNO in tx.discounts.open_grants(one.id)]

        return await self.room.books.read(read)

    async def codes(self, ranok: str, dnipro: str) -> None:
        def write(tx: Tx) -> None:
            for one, code in ((RANOK, ranok), (DNIPRO, dnipro)):
                tx._connection.execute(update(Client).where(Client.id == one.id).values(tax_code=code))

        await self.room.books.write(write)


@pytest.fixture
async def office(backroom: Backroom) -> Office:
    await backroom.sign_in(OLENA, "telegram", "1")
    office = Office(backroom)
    await office.codes("32855961", "40123456")
    return office


async def test_whoever_has_registered_is_granted_and_told_once(office: Office) -> None:
    office.notary.companies = {"32855961"}
    await office.looks()
    await office.looks()
    assert await office.granted() == ["Кафе «Ранок»"]
    told = [told.to for told in await office.room.told() if told.kind == NoticeKind.GRANTED.value]
    assert told == ["telegram:1"]
    assert office.notary.asked == ["32855961", "40123456", "40123456"]


async def test_two_clients_of_one_legal_entity_are_granted_once(office: Office) -> None:
    await office.codes("32855961", "32855961")
    await office.room.place()
    office.notary.companies = {"32855961"}
    await office.looks()
    await office.looks()
    assert await office.granted() == ["Кафе «Ранок»"]


async def test_more_than_a_page_is_looked_through(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registrations, "AT_ONCE", 1)
    office.notary.companies = {"40123456"}
    await office.looks()
    assert await office.granted() == ["Готель «Дніпро»"]


async def test_a_silent_service_grants_nothing(office: Office) -> None:
    office.notary.silent = True
    with pytest.raises(Unavailable):
        await office.looks()
    assert await office.granted() == []


async def test_without_the_promotion_nobody_is_asked_about(backroom: Backroom) -> None:
    office = Office(backroom, Rules(()))
    await office.looks()
    assert office.notary.asked == []
