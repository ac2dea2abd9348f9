"""The product killed while a held order is let go: it goes once, and is in 1C once, posted."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import sandbox.onec
from bot.db.models import Article, Client
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.credit import HeldState
from bot.domain.money import Money
from bot.services.handover import hand_over
from bot.services.look_again import look_again
from tests.db.people import RANOK
from tests.db.test_orders import line, place
from tests.kill.errand import errand, now
from tests.kill.nursery import Nursery
from tests.kill.world import SIGKILL
from tests.support.loopback import client, serving
from tests.support.wholesaler import uid

KEYS = ("kill", "kill")


@pytest.mark.parametrize("point", ["in_release", "after_release"])
async def test_a_death_while_an_order_is_let_go_loses_and_doubles_nothing(
    point: str, folder: Path, nursery: Nursery
) -> None:
    async with serving(sandbox.onec.create_app(*KEYS)) as onec, client() as http:
        settings = {
            "ONEC__BASE_URL": f"{onec}/base", "ONEC__USER": KEYS[0], "ONEC__PASSWORD": KEYS[1],
            "ONEC__POST_ORDERS": "true", "CREDIT__MODE": "hold",
        }  # fmt: skip
        clients = (await http.get(f"{onec}/_control/counterparties")).json()["counterparties"]
        articles = (await http.get(f"{onec}/_control/articles")).json()["articles"]
        milk = next(one["ref"] for one in articles if one["sku"] == "10661")
        async with errand(folder, nursery, point, **settings) as product:
            await product.prepare(_held, clients[0]["ref"], milk)
            product.fuse.touch()
            await product.start()
            assert await nursery.ended() == SIGKILL
            product.point = "by_hand"
            await product.start()

            async def is_posted() -> bool:
                return product.rows("SELECT posted, handed_revision FROM order_documents") == [(1, 2)]

            await product.until(is_posted)
            assert product.rows("SELECT state, released FROM held_orders") == [("released", "opened")]
            listed = await http.get(f"{onec}/_control/documents", params={"kind": "order"})
            ours = [one for one in listed.json()["documents"] if one["from_site"]]
            assert [(one["posted"], "НЕ ВІДВАНТАЖУВАТИ" in one["comment"]) for one in ours] == [(True, False)]
            told = "SELECT DISTINCT count(*) FROM dispatches WHERE kind = 'order_released' GROUP BY person_id"
            assert product.rows(told) == [(1,)]


def _held(tx: Tx, client_ref: str, article_ref: str) -> None:
    """A held order of a client that owes nothing; its debts are fresh, and it is to be looked at."""
    tx._connection.execute(update(Client).where(Client.id == RANOK.id).values(external_id=client_ref))
    tx._connection.execute(update(Article).where(Article.sku == "10661").values(external_id=article_ref))
    milk = line(uid("10661"), "10661", "10", "47.90")
    order = place(tx, RANOK, milk, total=Money.of("479.00"), at=now(), delivery_date=(now() + timedelta(days=5)).date())
    tx.held_orders.hold(order, RANOK.id, HeldState.HELD, now())
    tx.pulls.done(Subject.RECEIVABLES, tx.pulls.begin(Subject.RECEIVABLES, now()), now(), 0)
    hand_over(tx, order, 1)
    look_again(tx, "killed")
