"""The office behind the previews: its 1C, its groups, and what its people do."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from bot.conversation.messenger import Desk, Relay
from bot.conversation.screen import Screen, Traits
from bot.db.books import Books
from bot.db.models import Article, Client, PayLink, Person, Price, Revision
from bot.db.tx import Tx
from bot.domain.accounting import (
    DocumentHead,
    DocumentLink,
    OrderRecord,
    OrderRecordLine,
    ReceivableRecord,
    Subject,
)
from bot.domain.bank import Statement, StatementLine
from bot.domain.client import Buyer
from bot.domain.desk import Role
from bot.domain.desk_jobs import DESK_WATCH
from bot.domain.difference import DifferenceKind
from bot.domain.dispatch import KYIV, DispatchState, Way
from bot.domain.errors import Unavailable
from bot.domain.job import Job, Queue
from bot.domain.money import Money, total
from bot.domain.money_move import MoveKind, Reason
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS, Notice, NoticeKind
from bot.domain.order import OrderView, State
from bot.domain.payment import GatewayState, Outcome
from bot.domain.pricelist import OfferRecord, WarehouseRecord
from bot.domain.signing import ServiceState
from bot.jobs.desk_words import Drawing
from bot.jobs.enclosing import Enclosing
from bot.jobs.relaying import Relaying
from bot.services.cards_reconciliation import CardReconciliation
from bot.services.digest import DIGEST
from bot.services.envelopes.following import POLL
from bot.services.handover import GATHER
from bot.services.journal import FAILURES, SETTLES, UNSURE
from bot.services.money_moves import Wanted, Who
from bot.services.notices import find_way, tell_staff
from bot.services.price_news import price_news_job
from bot.services.private_files import PrivateFiles
from bot.services.reconciliation import RECONCILE
from bot.services.reminders import LOOK_AT_DEBTS
from bot.services.take_in import TakeIn, pull_job
from handlers.app import App
from handlers.preview.stage import CHANNEL
from handlers.staff.relayed import WORDS
from tests.scenarios.backroom import Backroom
from tests.screens.longest import ordinary
from tests.screens.sample import address
from tests.support.accounting import Ledger
from tests.support.chats import Chat
from tests.support.desk import Clock
from tests.support.gateway import Gateway
from tests.support.relays import RelayInMemory, TopicsInMemory
from tests.support.signing import OURS, Filler, Notary
from tests.support.wholesaler import uid
from tests.support.word_files import CONTRACT, written

GROUP, FINANCE_GROUP = "-1001", "-1002"
STAFF = {GROUP: MANAGERS, FINANCE_GROUP: FINANCE}
SENT = "Привезіть, будь ласка, до дев’ятої ранку, вхід із двору, дзвоніть у другі двері. " * 3
DETAILS: Mapping[DifferenceKind, Mapping[str, str]] = {
    DifferenceKind.MISSING_THERE: {"here": "1234567.80"},
    DifferenceKind.MISSING_HERE: {"there": "ГО-000123", "ours": "K-000999"},
    DifferenceKind.TWICE: {"there": "ГО-000123, ГО-000456"},
    DifferenceKind.TOTAL: {"here": "1234567.80", "there": "1234500.00"},
    DifferenceKind.LINES: {"here": "1234567.80", "there": "1234567.80"},
    DifferenceKind.CANCELLED_HERE: {"there": "ГО-000123"},
    DifferenceKind.CANCELLED_THERE: {"here": "1234567.80"},
    DifferenceKind.KEPT_OTHERWISE: {"Комментарий": f"{SENT} → {SENT[:100]}", "contract": f"{uid('contract')} → "},
    DifferenceKind.CHANGED_THERE: {"revision": "3"},
    DifferenceKind.POSTED: {"revision": "3"},
    DifferenceKind.REFUSED: {"error": "Refusal onec submit unknown_client", "job": "17"},
    DifferenceKind.PRICES_LATE: {"agreed": "1234567.80", "now": "1234600.00", "lines": SENT},
    DifferenceKind.BANK_LEFT: {"number": "Банк-37", "there": "ГО-000123"},
    DifferenceKind.CONTRACT_OTHERWISE: {"number": "17/26", "СрокДействия": "2027-12-31 → 2026-12-31"},
    DifferenceKind.CLIENTS_GONE: {"gone": "57", "known": "230"},
}

WORD_FILES = {
    "good": written(*CONTRACT),
    "wrong": written(
        "Договір поставки № {{ договір.номерр }} від {{ договір.дата }}",
        "Покупець: {{ клієнт.назва|upper }}, адреса {{ клієнт.адресса }}, телефон {{ клієнт.телефон }",
        table=(("{%tr for рядок in прайси.рядки %}",), ("{{ рядок.назва }}",), ("{%tr endfor %}",)),
    ),
    "scan": b"%PDF-1.7",
}
"""What people send into a group, by its ref."""


class Nobody:
    """A messenger whose screens are only kept."""

    channel = CHANNEL
    traits = Traits(
        can_edit=True, keeps_menu=True, text_limit=4096, caption_limit=1024, label_limit=25, rows=8, row_width=8
    )

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        return ""

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        return False

    async def check(self) -> str:
        return "nobody"


class OfficeHands:
    """The office of one walk."""

    group, finance_group = GROUP, FINANCE_GROUP

    def __init__(
        self,
        books: Books,
        app: App,
        ledger: Ledger,
        gateway: Gateway,
        clock: Clock,
        unconnected: Desk,
        language: str,
        files: PrivateFiles,
        notary: Notary,
    ) -> None:
        self._notary = notary
        self._filler = Filler()
        self.unconnected = unconnected
        self._books = books
        self._clock = clock
        self._ledger = ledger
        self._gateway = gateway
        self._payments = app.payments
        self._bank = app.bank
        self._moves = app.money_moves
        self._work = app.reminders.work
        self._cards = CardReconciliation(books, gateway, clock)
        self._chats = app.invitations.chats
        self._templates = app.templates
        self._take_in = TakeIn(books, ledger, clock)
        desks = {
            MANAGERS: (CHANNEL, GROUP), FINANCE: (CHANNEL, FINANCE_GROUP), LAWYERS: (CHANNEL, GROUP)
        }  # fmt: skip
        self._talks = RelayInMemory(CHANNEL, forum=TopicsInMemory())
        relays: dict[str, Relay] = {CHANNEL: self._talks}
        relaying = Relaying(books, self._talks, relays, Drawing(app, WORDS, clock, language), Enclosing(files))
        self._backroom = Backroom(
            books, app, ledger, clock, Nobody(), desks, language, gateway, relaying=relaying, signing=notary,
            filler=self._filler,
        )  # fmt: skip
        self._read = 0
        self._heard: dict[str, int] = {}
        self._serial = count(1)

    async def news(self, place: str) -> Screen:
        await self._backroom.works()
        new, self._read = self._backroom.messenger.shown[self._read :], len(self._backroom.messenger.shown)
        found = [screen for to, screen in new if to == place]
        if not found:
            raise LookupError(f"nothing was sent to {place}")
        return found[-1]

    async def topic_news(self, place: str, thread: str = "") -> Sequence[Screen]:
        await self._backroom.works()
        shown = [one.screen for one in self._talks.to(place, thread)]
        key = f"{place} {thread}"
        before, self._heard[key] = self._heard.get(key, 0), len(shown)
        return shown[before:]

    async def thread_of(self, account: str) -> str:
        await self._backroom.works()
        buyer = await self._buyer(account)
        return await self._books.read(lambda tx: tx.desk.thread_of(GROUP, buyer.id))

    async def looks_at_topics(self) -> None:
        await self._backroom.works()
        self._talks.shown = [replace(one, id=f"gone {one.id}") for one in self._talks.shown]
        await self._backroom.ticks(DESK_WATCH)

    async def blocks(self, account: str) -> None:
        await self._books.write(lambda tx: tx.accounts.set_reachable(CHANNEL, account, reachable=False))

    async def demotes(self, person: str) -> None:
        def demote(tx: Tx) -> None:
            tx.staff.meet(CHANNEL, person, person, self._clock())
            tx.staff.set_role(CHANNEL, person, Role.WATCHER)

        await self._books.write(demote)

    async def opens(self) -> None:
        await self._books.write(lambda tx: tx.jobs.add(Job(GATHER, Queue.LOCAL, {}, key=GATHER)))
        await self._backroom.takes_in(Subject.PRICES, Subject.STOCK, Subject.ORDERS)

    async def asks_to_pay(self, account: str) -> None:
        order = await self._newest(account)
        notice = Notice(NoticeKind.PAY_LINK, str(order.id))

        def ask(tx: Tx) -> None:
            person = tx.accounts.identity(CHANNEL, account).person_id
            dispatch = tx.dispatches.add(person, order.client_id, notice, self._clock())
            assert person is not None
            assert dispatch is not None
            find_way(tx, dispatch, person)

        await self._books.write(ask)

    async def runs_out_of_money(self, kind: NoticeKind) -> None:
        notice = Notice(kind, "atompark" if kind is NoticeKind.NO_FUNDS else "2026-11")
        await self._books.write(lambda tx: tell_staff(tx, notice, FINANCE if kind is NoticeKind.BUDGET else MANAGERS))

    async def loses_the_mailbox(self) -> None:
        notice = Notice(NoticeKind.MAILBOX, self._clock().isoformat(), "login")
        await self._books.write(lambda tx: tell_staff(tx, notice))

    async def takes_money(self, account: str, refunded: int = 0) -> None:
        order = await self._newest(account)
        self._later()
        if refunded:
            reference = self._gateway.charges[-1].reference
            self._gateway.say(reference, Outcome.PAID, refunded=Money(order.total.kopiykas * refunded // 100))
        else:
            _, address = await self._payments.offer(order)
            assert address is not None
            reference = await self._begun(address.rpartition("/")[2])
            self._gateway.say(reference, Outcome.PAID)
        await self._payments.told(self._gateway.states[reference])
        await self._backroom.works()

    async def owes(self, account: str, debts: int) -> None:
        client = await self._books.read(_client_ref, await self._buyer(account))
        dated, kinds = self._later().date(), ("shipment", "invoice", "opening", "other")
        self._ledger.owed = {}
        for number in range(debts):
            head = DocumentHead(kinds[number % 4], f"РН-{number + 1:09d}", dated, Money.of(1_234_567))
            due = dated + timedelta(days=number - 2) if number else None
            self._ledger.owes(ReceivableRecord(f"debt {number}", client, None, Money(123_456_780 + number), due, head))
        if debts:
            self._ledger.owes(ReceivableRecord("ahead", client, None, Money.of(-500), None, head))
        await self._backroom.takes_in(Subject.RECEIVABLES)

    async def limits(self, account: str, hryvnias: int | None) -> None:
        buyer = await self._buyer(account)
        limit = None if hryvnias is None else Money.of(hryvnias)
        change = update(Client).where(Client.id == buyer.id).values(credit_limit=limit)
        await self._books.write(lambda tx: tx._connection.execute(change).rowcount)

    def holds_orders(self, *, on: bool) -> None:
        self._backroom.holds_orders(on=on)

    async def digests(self) -> None:
        key = f"{DIGEST}:{self._later()}"
        await self._books.write(lambda tx: tx.jobs.add(Job(DIGEST, Queue.LOCAL, {}, key=key)))
        await self._backroom.works()

    async def reminds(self) -> None:
        opens = self._work.opens(self._clock().astimezone(KYIV).replace(hour=18))
        self._clock.moment = opens.astimezone(UTC) + timedelta(hours=1)
        await self._backroom.takes_in(Subject.RECEIVABLES)
        key = f"{LOOK_AT_DEBTS}:{self._later().isoformat()}"
        await self._books.write(lambda tx: tx.jobs.add(Job(LOOK_AT_DEBTS, Queue.LOCAL, {}, key=key)))
        await self._backroom.works()

    async def owes_too(self, account: str, number: int) -> None:
        client = await self._books.read(_client_ref, await self._buyer(account))
        dated = self._later().date()
        head = DocumentHead("shipment", f"РН-{number:09d}", dated, Money.of(700))
        self._ledger.owes(ReceivableRecord(f"debt too {number}", client, None, Money.of(700), dated, head))
        await self._backroom.takes_in(Subject.RECEIVABLES)

    async def banks(self, account: str | None, hryvnias: str, purpose: str) -> None:
        """It is told as after `main.py bank`."""
        at, code, payer = self._later(), "", "АКЦІОНЕРНЕ ТОВАРИСТВО «БАНК»"
        if account is not None:
            buyer = await self._buyer(account)
            payers = await self._books.read(lambda tx: tx.bank_money.payers())
            (code,), payer = payers[buyer.id].codes, buyer.name
        line = StatementLine(at.date(), Money.of(hryvnias), purpose, payer, code, number=str(next(self._serial)))
        await self._bank.take_lines(Statement((line,)))
        await self._bank.tell()

    async def pays_link(self, account: str, *, under_way: bool = False) -> None:
        buyer = await self._buyer(account)
        self._later()
        if self._gateway.charges and self._gateway.states[self._gateway.charges[-1].reference].outcome is (
            Outcome.UNDER_WAY
        ):
            reference = self._gateway.charges[-1].reference
        else:
            reference = await self._begun(await self._books.read(_newest_token, buyer))
        self._gateway.say(reference, Outcome.UNDER_WAY if under_way else Outcome.PAID)
        await self._payments.told(self._gateway.states[reference])
        await self._backroom.works()

    async def _begun(self, token: str) -> str:
        page = await self._payments.page(token)
        assert page is not None
        await self._payments.start(token, "uk", page.due_by_card)
        return self._gateway.charges[-1].reference

    async def gives_back(self, account: str) -> None:
        view = await self._moves.named(self._gateway.charges[-1].reference)
        wanted = Wanted(MoveKind.REFUND, view.sums.kept, view.sums.refunded, Reason.MISTAKE.value, "Помилково")
        self._later()
        await self._moves.ask(view.id, wanted, Who("Оксана", "telegram:1"))
        await self._backroom.works()

    async def holds_money(self, account: str) -> None:
        order = await self._newest(account)
        self._later()
        _, address = await self._payments.offer(order)
        assert address is not None
        reference = await self._begun(address.rpartition("/")[2])
        self._gateway.say(reference, Outcome.HELD)
        await self._payments.told(self._gateway.states[reference])
        await self._backroom.works()

    async def finds_strangers(self) -> None:
        for number in range(12):
            reference = f"{'K-000123' if number else 'SHOP'}-{number + 1}-0123456789abcdef"
            outcome = (Outcome.PAID, Outcome.HELD, Outcome.REFUNDED)[number % 3]
            self._gateway.states[reference] = GatewayState(
                reference, outcome, Money(123_456_780), processed_at=self._later()
            )
        await self._cards.compare()
        await self._backroom.works()

    async def refuses_refunds(self, code: str | None) -> None:
        self._gateway.refuses = code

    async def delays_refunds(self, *, on: bool) -> None:
        self._gateway.waits = on

    async def disowns_payment(self) -> None:
        reference = self._gateway.charges[-1].reference
        self._gateway.say(reference, Outcome.DECLINED)
        await self._payments.told(self._gateway.states[reference])
        await self._backroom.works()

    async def works(self) -> None:
        await self._backroom.works()

    async def service_says(self, state: ServiceState, words: str = "", *, stranger: bool = False) -> None:
        ref = list(self._notary.documents)[-1]
        self._notary.signed_by = ["99999999", OURS] if stranger else []
        self._notary.say(ref, state, words)
        self._later()
        await self._backroom.ticks(POLL)

    async def refuses_documents(self, code: str) -> None:
        self._notary.refuses = code or None

    def lacks_requisites(self, *what: str) -> None:
        self._filler.lacks = tuple(f"немає: {one}" for one in what)

    def takes_templates(self) -> None:
        async def bring(ref: str, _: int) -> bytes:
            return WORD_FILES[ref]

        self._templates.connect(bring)

    def connects_chats(self) -> None:
        self._chats.connect([Chat(CHANNEL)])

    async def gets_people(self, count: int) -> None:
        await self._books.write(_add_people, count, self._clock())

    async def brings_invitations(self) -> None:
        await self._backroom.works()
        await self._books.write(_bring_invitations)

    async def falls_silent(self) -> None:
        """A pull that was under way breaks off."""
        self._later()
        await self._backroom.falls_silent()
        with suppress(Unavailable):
            await self._take_in.pull(Subject.RECEIVABLES)

    async def answers(self) -> None:
        await self._backroom.answers()

    async def prices_move(self, *percents: int | None) -> None:
        moves = dict(zip([row["sku"] for row in ordinary()], percents, strict=False))
        await self._books.write(_move_prices, moves)

    async def takes_by_phone(self, account: str, articles: int) -> None:
        buyer, serial = await self._buyer(account), next(self._serial)
        link = DocumentLink(f"by phone {serial}", f"ГО-{serial:06d}", "v0")
        placed, client = self._later(), await self._books.read(_client_ref, buyer)
        entered = OrderRecord(link, placed, client, State.PLACED, Money(0), (), "", None, None, address(1))
        entered = replace(entered, delivery_date=(placed + timedelta(days=2)).date())
        self._ledger.enter(replace(entered, **await self._lines(articles)))
        await self._backroom.takes_in(Subject.ORDERS)

    async def changes(self, account: str, articles: int) -> None:
        await self._change(account, **await self._lines(articles))

    async def moves(self, account: str, state: State) -> None:
        await self._change(account, state=state)

    async def loses(self, account: str) -> None:
        del self._ledger.documents[await self._document(account)]

    async def differs(self, account: str, kind: DifferenceKind) -> UUID:
        order = await self._newest(account)
        ours = kind not in {DifferenceKind.MISSING_HERE, DifferenceKind.CLIENTS_GONE}
        named = {"number": order.number} if ours else {}
        about = Subject.CLIENTS.value if kind is DifferenceKind.CLIENTS_GONE else str(order.id)

        def find(tx: Tx) -> UUID:
            detail = named | dict(DETAILS[kind])
            found = tx.differences.found(kind, about, order.id if ours else None, detail, self._later())
            assert found is not None
            tell_staff(tx, Notice(NoticeKind.DIFFERENCE, str(found)))
            return found

        return await self._books.write(find)

    async def stocks(self, sku: str, quantity: int) -> None:
        offer = OfferRecord(sku, 2, stock=(("w-main", quantity * 1000),))
        self._ledger.price_list[Subject.STOCK] = [WarehouseRecord("w-main", "Основний", 1), offer]
        self._later()
        await self._backroom.takes_in(Subject.STOCK)

    async def tells_prices(self) -> None:
        await self._backroom.takes_in(Subject.PRICES)
        await self._books.write(lambda tx: tx.jobs.add(price_news_job(self._later())))
        await self._backroom.works()

    async def loses_somebody(self, account: str) -> None:
        order, at = await self._newest(account), self._later()
        notice = Notice(NoticeKind.ORDER_CHANGED, str(order.id), "lost")

        def lose(tx: Tx) -> None:
            person = tx.accounts.identity(CHANNEL, account).person_id
            dispatch = tx.dispatches.add(person, order.client_id, notice, at)
            assert dispatch is not None
            tx.dispatches.settle(dispatch, DispatchState.FAILED, "unreachable", arrived_at=at)
            tx.jobs.add(Job(FAILURES, Queue.LOCAL, {}, key=FAILURES))

        await self._books.write(lose)

    async def doubts(self, account: str) -> None:
        order, at = await self._newest(account), self._later()
        notice = Notice(NoticeKind.ORDER_CHANGED, str(order.id), "doubted")

        def doubt(tx: Tx) -> None:
            dispatch = tx.dispatches.add(tx.accounts.identity(CHANNEL, account).person_id, order.client_id, notice, at)
            assert dispatch is not None
            tx.dispatches.settle(dispatch, DispatchState.UNSURE, "viber 502", way=Way.VIBER.value)
            tx.jobs.add(Job(UNSURE, Queue.LOCAL, {}, key=UNSURE))

        await self._books.write(doubt)
        self._clock.moment += SETTLES

    async def reconciles(self) -> None:
        await self._books.write(lambda tx: tx.jobs.add(Job(RECONCILE, Queue.ONEC_IN, {}, key=RECONCILE)))
        await self._backroom.works()

    async def gives_up(self) -> None:
        await self._backroom.gives_up(pull_job(Subject.CLIENTS, self._later()), "Refusal onec clients access")

    def _later(self) -> Any:
        """No two things happen at one moment."""
        self._clock.moment += timedelta(minutes=1)
        return self._clock.moment

    async def _change(self, account: str, **fields: Any) -> None:
        self._later()
        self._ledger.change(await self._document(account), **fields)
        await self._backroom.takes_in(Subject.ORDERS)

    async def _document(self, account: str) -> str:
        order = await self._newest(account)
        link = await self._books.read(lambda tx: tx.documents.link(order.id))
        assert link is not None
        return link.ref

    async def _newest(self, account: str) -> OrderView:
        buyer = await self._buyer(account)

        def read(tx: Tx) -> OrderView | None:
            return tx.orders.view(tx.orders.history(buyer.id, start=0, size=1)[0].id, buyer.id)

        found = await self._books.read(read)
        assert found is not None
        return found

    async def _buyer(self, account: str) -> Buyer:
        identity = await self._books.read(lambda tx: tx.accounts.identity(CHANNEL, account))
        return identity.require_buyer()

    async def _lines(self, articles: int) -> dict[str, Any]:
        skus = [row["sku"] for row in ordinary()[:articles]]
        lines = await self._books.read(_record_lines, skus)
        return {"lines": lines, "total": total([line.amount for line in lines])}


def _record_lines(tx: Tx, skus: list[str]) -> tuple[OrderRecordLine, ...]:
    """A thousand of each, at today's price."""
    rows = tx._connection.execute(
        select(Article.sku, Article.name, Price.price)
        .join(Price, Price.article_id == Article.id)
        .where(Article.sku.in_(skus))
        .order_by(Article.sku)
    )
    quantity = Decimal(1000)
    return tuple(OrderRecordLine(row.sku, row.name, quantity, row.price, row.price.times(quantity)) for row in rows)


def _newest_token(tx: Tx, buyer: Buyer) -> str:
    newest = select(PayLink.token).where(PayLink.client_id == buyer.id, PayLink.revoked_at.is_(None))
    token: str = tx._connection.execute(newest.order_by(PayLink.made_at.desc()).limit(1)).scalar_one()
    return token


def _client_ref(tx: Tx, buyer: Buyer) -> str:
    found = tx._connection.execute(select(Client.external_id).where(Client.id == buyer.id)).scalar_one()
    return str(found)


def _move_prices(tx: Tx, moves: Mapping[str, int | None]) -> None:
    for sku, percent in moves.items():
        if percent is None:
            tx._connection.execute(update(Article).where(Article.id == uid(sku)).values(active=False))
            continue
        price: Money = tx._connection.execute(select(Price.price).where(Price.article_id == uid(sku))).scalar_one()
        moved = Money.of(price.amount * (100 + percent) / 100)
        tx._connection.execute(update(Price).where(Price.article_id == uid(sku)).values(price=moved))
    tx._connection.execute(update(Revision).values(value=Revision.value + 1))


def _add_people(tx: Tx, count: int, at: datetime) -> None:
    client = tx._connection.execute(select(Client.id).order_by(Client.name).limit(1)).scalar_one()
    phones = [*(f"+38067300{place:04d}" for place in range(count)), "+380673009999", None]
    for place, phone in enumerate(phones):
        tx._connection.execute(
            insert(Person).values(id=uid(f"new {place}"), name="Нова Людина", phone=phone, active=True)
        )
        tx.clients.add_member(uid(f"new {place}"), client, orders=True, pays=False, signs=False)
    tx.reach.stop(Way.SMS, "+380673009999", "asked", at)


def _bring_invitations(tx: Tx) -> None:
    ends = [(DispatchState.SEEN, ""), (DispatchState.DELIVERED, ""), (DispatchState.SENT, "")]
    failed = [(DispatchState.FAILED, "bad_phone"), (DispatchState.FAILED, "bounced 5.1.1")]
    left = [row for row in tx.dispatches.journal(100) if row.notice.kind is NoticeKind.ACCESS and row.price is None]
    rows = sorted(left, key=lambda row: str(row.person_id))
    for row, (state, reason) in zip(rows, [*ends, *failed], strict=False):
        tx.dispatches.settle(row.id, state, reason, way=Way.SMS.value, price=Money(240))
