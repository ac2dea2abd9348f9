"""Rows that the owner's figures are counted from, a line each in a test."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy import insert

from bot.db.models import (
    BankLine,
    BankPart,
    Dispatch,
    LostMessage,
    PayAttempt,
    PayLink,
    PaymentEvent,
    PaymentPart,
    PayTarget,
    Reminder,
    ReminderStep,
)
from bot.db.tx import Tx
from bot.domain.bank import LineState
from bot.domain.client import Buyer
from bot.domain.dispatch import DispatchState, Way
from bot.domain.money import ZERO, Money
from bot.domain.notice import NoticeKind
from bot.domain.order import State
from bot.domain.payment import Outcome
from tests.db.people import OLENA, RANOK
from tests.db.test_orders import place

Word = tuple[Outcome, str, str]
"""What the gateway says: the outcome, the sum, and what went back."""


def kyiv(day: int, hour: int = 12, month: int = 11, minute: int = 0) -> datetime:
    """In the winter half of 2026, when Kyiv is two hours ahead."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


class Rows:
    """Everything is the café's where nothing else is said."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._numbers = count(1)

    def order(self, at: datetime, hryvnias: str, channel: str = "viber", *, cancelled: bool = False) -> UUID:
        order_id = place(self._tx, at=at, total=Money.of(hryvnias), channel=channel)
        if cancelled:
            self._tx.orders.set_state(order_id, State.PLACED, State.CANCELLED, at, None)
        return order_id

    def card(
        self, at: datetime, *words: Word, order: UUID | None = None, document: str | None = None,
        dated: date | None = None,
    ) -> str:  # fmt: skip
        """An attempt of which the gateway said this, each word an hour after the one before; it is for one thing."""
        number = next(self._numbers)
        reference, link, made = f"ref-{number}", uuid4(), at - timedelta(minutes=5)
        self._put(
            PayLink, id=link, token=f"token-{number}", client_id=RANOK.id, key=f"key-{number}", made_at=made,
            lives_until=at + timedelta(days=9),
        )  # fmt: skip
        self._put(PayTarget, link_id=link, position=1, order_id=order, document=document, dated=dated)
        self._put(
            PayAttempt, reference=reference, link_id=link, amount=Money.of(words[0][1]), made_at=made,
            lives_until=at + timedelta(days=1), language="uk",
        )  # fmt: skip
        for position, (outcome, amount, refunded) in enumerate(words, 1):
            self._put(
                PaymentEvent, reference=reference, position=position, at=at + timedelta(hours=position),
                outcome=outcome.value, amount=Money.of(amount), refunded=Money.of(refunded), card="", bank="", code="",
                processed_at=at + timedelta(hours=position - 1),
            )  # fmt: skip
        if order or document:
            part = Money.of(words[-1][1])
            self._put(PaymentPart, reference=reference, position=1, order_id=order, document=document, amount=part)
        return reference

    def transfer(
        self, day: date, hryvnias: str, state: LineState, *, apart: str = "", currency: str = "UAH",
        order: UUID | None = None, document: str | None = None, dated: date | None = None,
    ) -> None:  # fmt: skip
        number = next(self._numbers)
        self._put(
            BankLine, number=number, fingerprint=str(number), bank_id="", our_account="UA1", booked_on=day,
            amount=Money.of(hryvnias), currency=currency, payer="", payer_code="", payer_account="", purpose="",
            paper="", state=state.value, apart=apart, taken_at=kyiv(27),
        )  # fmt: skip
        if order or document:
            self._put(
                BankPart, number=number, position=1, order_id=order, document=document, kind="shipment", called="",
                dated=dated, amount=Money.of(hryvnias),
            )  # fmt: skip

    def message(
        self, kind: NoticeKind, queued: datetime, state: DispatchState, *, about: str = "", price: str | None = None,
        sent: datetime | None = None, buyer: Buyer = RANOK,
    ) -> UUID:  # fmt: skip
        number, dispatch = next(self._numbers), uuid4()
        self._put(
            Dispatch, id=dispatch, key=str(number), person_id=OLENA, client_id=buyer.id, kind=kind.value,
            about=about or str(number), version="", state=state.value, way=Way.SMS.value, address="+380",
            price=None if price is None else Money.of(price), queued_at=queued, sent_at=sent,
        )  # fmt: skip
        return dispatch

    def lost(self, dispatch: UUID, at: datetime, price: str) -> None:
        self._put(
            LostMessage, dispatch_id=dispatch, way=Way.VIBER.value, address="v", message_id="m", price=Money.of(price),
            sent_at=at,
        )  # fmt: skip

    def reminder(
        self, at: datetime, *documents: str, state: DispatchState = DispatchState.SENT, people: int = 1
    ) -> None:
        """It names these documents, and left in so many messages, an hour between them."""
        reminder = uuid4()
        self._put(Reminder, id=reminder, client_id=RANOK.id, level="late", ways="sms", worth=ZERO, made_at=at)
        for document in documents:
            self._put(ReminderStep, reminder_id=reminder, document=document, due=at.date(), level="late", day=3)
        for later in range(people):
            self.message(
                NoticeKind.REMINDER, at, state, about=str(reminder), price="1.20", sent=at + timedelta(hours=later)
            )

    def _put(self, table: type, **values: object) -> None:
        self._tx._connection.execute(insert(table).values(**values))
