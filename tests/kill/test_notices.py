"""The product killed in the middle of its notices: nobody has one twice, and each is sent or known to be unsure."""

from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import sandbox.atompark
import sandbox.telegram
from bot.db.models import Membership, Person
from bot.db.tx import Tx
from bot.domain.notice import Notice, NoticeKind
from bot.services.notices import tell_client
from sandbox.telegram.keys import WORLD
from sandbox.telegram.people import Person as Subscriber
from tests.db.people import RANOK
from tests.db.test_orders import line, place
from tests.kill.errand import errand, now
from tests.kill.nursery import Nursery
from tests.kill.world import ATOMPARK, LATER, TELEGRAM_TOKEN
from tests.support.loopback import client, serving
from tests.support.wholesaler import uid

CROWD = 60
AT_ONCE_TELEGRAM, AT_ONCE_SMS = 8, 2
SLOW = 1.0
"""Seconds that a call takes which is under way when the product dies; it is done nevertheless."""


def crowd(tx: Tx, kind: NoticeKind, people: int, *, chats: bool) -> None:
    """The café's people, in a chat or with a telephone, and a notice for all of them."""
    for number in range(1, people + 1):
        phone = None if chats else f"+3806700012{number:02}"
        _hire(tx, uuid4(), number, phone)
    order = place(tx, RANOK, line(uid("11011"), "11011", "1", "189.50"), at=now())
    tell_client(tx, RANOK.id, Notice(kind, str(order), "1"), now())


def _hire(tx: Tx, person: UUID, number: int, phone: str | None) -> None:
    connection = tx._connection
    values = {"id": person, "name": f"Людина {number:02}", "phone": phone, "active": True}
    connection.execute(Person.__table__.insert().values(values))  # type: ignore[attr-defined]
    connection.execute(
        Membership.__table__.insert().values(  # type: ignore[attr-defined]
            person_id=person, client_id=RANOK.id, orders=True, pays=True, signs=False
        )
    )
    if phone is None:
        tx.accounts.meet("telegram", str(number), "Людина", now(), None)
        tx.accounts.sign_in("telegram", str(number), person, now())


async def test_no_chat_has_a_notice_twice(folder: Path, nursery: Nursery) -> None:
    app = sandbox.telegram.create_app(TELEGRAM_TOKEN)
    telegram = app[WORLD]
    for number in range(1, CROWD + 1):
        telegram.add_person(Subscriber(number, "Людина"))
        telegram.chats[number].opened = True
    async with serving(app) as address, client() as http:
        settings = {"TELEGRAM__TOKEN": TELEGRAM_TOKEN, "TELEGRAM__API_BASE": address}
        async with errand(folder, nursery, **settings) as product:
            await product.prepare(lambda tx: crowd(tx, NoticeKind.ORDER_PAID, CROWD, chats=True))
            await product.start()

            def heard() -> list[int]:
                return [len(chat.messages) for chat in telegram.chats.values()]

            async def some_have_it() -> bool:
                return sum(heard()) >= CROWD // 3

            async def all_hands_are_full() -> bool:
                """As many calls as there are hands have come, and none of them is answered."""
                return not telegram.faults.view()

            async def all_have_it() -> bool:
                states = product.states("telegram")
                return not {"queued", "sending"} & states.keys() and sum(heard()) >= CROWD

            await product.until(some_have_it)
            await http.post(
                f"{address}/_control/faults", json={"kind": "slow", "count": AT_ONCE_TELEGRAM, "seconds": SLOW}
            )
            await product.until(all_hands_are_full)
            await product.dies()
            await product.start()
            await product.until(all_have_it)
            assert product.states("telegram") == {"sent": CROWD - AT_ONCE_TELEGRAM, "unsure": AT_ONCE_TELEGRAM}
            assert heard() == [1] * CROWD


async def test_no_phone_has_an_sms_twice(folder: Path, nursery: Nursery) -> None:
    keys = ATOMPARK["ATOMPARK__PUBLIC_KEY"], ATOMPARK["ATOMPARK__PRIVATE_KEY"]
    async with (
        serving(sandbox.atompark.create_app(*keys)) as address, client() as http,
        errand(folder, nursery, **ATOMPARK, ATOMPARK__BASE_URL=address) as product,
    ):  # fmt: skip
        await product.prepare(lambda tx: crowd(tx, NoticeKind.ORDER_TAKEN, 9, chats=False))
        await product.start()

        async def heard() -> Counter[str]:
            await http.post(f"{address}/_control/clock", json={"advance": LATER})
            inbox = (await http.get(f"{address}/_control/inbox")).raise_for_status().json()
            return Counter(message["phone"] for message in inbox["messages"])

        async def some_have_it() -> bool:
            return (await heard()).total() >= 3

        async def all_hands_are_full() -> bool:
            return not (await http.get(f"{address}/_control/faults")).json()["faults"]

        async def all_have_it() -> bool:
            return not {"queued", "sending"} & product.states("sms").keys() and (await heard()).total() >= 12

        await product.until(some_have_it)
        slow = {"kind": "slow", "action": "sendSMS", "times": AT_ONCE_SMS, "seconds": SLOW}
        (await http.post(f"{address}/_control/faults", json=slow)).raise_for_status()
        await product.until(all_hands_are_full)
        await product.dies()
        await product.start()
        await product.until(all_have_it)
        told = product.states("sms")
        assert (told.pop("unsure"), sum(told.values())) == (AT_ONCE_SMS, 12 - AT_ONCE_SMS)
        assert told.keys() <= {"sent", "delivered"}
        assert set((await heard()).values()) == {1}
        assert (await heard()).total() == 12
