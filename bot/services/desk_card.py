"""The live card of a topic: what somebody of the staff must know of the client before answering."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.db.tx import Tx
from bot.domain.client import ManagerCard
from bot.domain.desk import TopicView
from bot.domain.envelope import EnvelopeView
from bot.domain.money import Money
from bot.domain.order import OrderBrief
from bot.domain.signing import DocumentKind
from bot.i18n import KYIV
from bot.services.debts import owed

ORDERS = 3
DOCUMENTS = 10


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Somebody who writes from this account; `taken_name` speaks with them, `waiting_since` for an answer."""

    name: str
    channel: str
    language: str
    taken_name: str
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Of a client, or of somebody unknown with a phone and words of their own."""

    title: str
    known: bool
    owed: Money | None
    overdue: Money | None
    limit: Money | None
    orders: tuple[OrderBrief, ...]
    manager: ManagerCard | None
    accounts: tuple[AccountFacts, ...]
    phone: str = ""
    contract: EnvelopeView | None = None
    """The newest that is signed or on its way."""
    contract_there: bool = False
    """One is in force, here or in the book of record."""

    @property
    def digest(self) -> str:
        """The same for cards that look the same."""
        return sha256(repr(self).encode()).hexdigest()[:32]


def card_facts(tx: Tx, topic: TopicView, now: datetime) -> CardFacts:
    accounts = tuple(
        AccountFacts(who.name, talk.channel, who.language or "", talk.taken_name, talk.waiting_since)
        for talk in tx.desk.talks_in(topic.id)
        for who in [tx.accounts.identity(talk.channel, talk.external_id)]
    )
    if topic.client_id is None:
        phone = tx.accounts.lead_phone(topic.channel or "", topic.external_id or "") or ""
        return CardFacts(topic.title, False, None, None, None, (), None, accounts, phone)
    debts = owed(tx, topic.client_id, now.astimezone(KYIV).date())
    envelopes = tx.envelopes.of_client(topic.client_id, DOCUMENTS)
    limit, manager = tx.clients.terms_of(topic.client_id)
    return CardFacts(
        topic.title,
        True,
        debts.total,
        debts.overdue,
        limit,
        tuple(tx.orders.history(topic.client_id, start=0, size=ORDERS)),
        manager,
        accounts,
        contract=next(
            (one for one in envelopes if one.kind is DocumentKind.CONTRACT and (one.stage.open or one.sound)), None
        ),
        contract_there=tx.envelopes.has_contract(topic.client_id, now.astimezone(KYIV).date()),
    )
