"""What the walk asks of those behind the scene: things happen at the wholesaler while people talk to the bot."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.conversation.messenger import Desk
from bot.conversation.screen import Screen
from bot.domain.difference import DifferenceKind
from bot.domain.notice import NoticeKind
from bot.domain.order import State
from bot.domain.signing import ServiceState
from keyboards.actions import Confirm


class Backstage(Protocol):
    """What happens at the wholesaler while people talk to the bot."""

    @property
    def language(self) -> str: ...

    @property
    def desk(self) -> Desk:
        """Speaks the language to whoever chose none."""
        ...

    @property
    def hasty(self) -> Desk:
        """Takes everybody for too fast."""
        ...

    @property
    def without_sms(self) -> Desk: ...

    @property
    def without_days(self) -> Desk:
        """Never delivers."""
        ...

    def now(self) -> datetime: ...

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        ...

    def code(self, phone: str) -> str:
        """The code in the last SMS to the phone."""
        ...

    def books_fail(self, error: Exception | None) -> None:
        """Every write fails like this until told None."""
        ...

    def sms_fail(self, error: Exception | None) -> None: ...

    @property
    def office(self) -> "Office":
        """The people of the wholesaler and their 1C."""
        ...

    async def invite(self, phone: str) -> str:
        """The token of a personal link."""
        ...

    async def confirm(self, account: str) -> Confirm:
        """The confirm of the account's cart as it stands, whether or not a screen would offer it."""
        ...

    async def fill_cart(self, account: str, lines: int, *skus: str) -> None:
        """The account's cart holds that many articles in large quantities and a few of each named, nothing else."""
        ...

    async def promotes(self, account: str) -> None:
        """Every promotion runs from now on, for a month, and the account's client is granted one."""
        ...

    async def withdraws(self, sku: str) -> None:
        """The article is not sold any more."""
        ...


class Office(Protocol):
    """What happens in the office, where 1C is connected; nothing comes from there by itself."""

    @property
    def group(self) -> str:
        """The place of the managers' group."""
        ...

    @property
    def finance_group(self) -> str:
        """The place of another desk's group."""
        ...

    @property
    def unconnected(self) -> Desk:
        """The same office without 1C."""
        ...

    async def news(self, place: str) -> Screen:
        """What was sent last to an account or a group without being asked. Raises LookupError where nothing was."""
        ...

    async def limits(self, account: str, hryvnias: int | None) -> None:
        """The client may owe no more than that; None: as much as it wants."""
        ...

    def holds_orders(self, *, on: bool) -> None:
        """From now on the credit gate holds what it only warned of, or only warns again."""
        ...

    async def digests(self) -> None:
        """It is morning: what is owed is noted, and finance is told."""
        ...

    async def topic_news(self, place: str, thread: str = "") -> Sequence[Screen]:
        """What of talks has come to a group's topic or an account since it was asked last."""
        ...

    async def thread_of(self, account: str) -> str:
        """The topic of the account's client among the managers."""
        ...

    async def looks_at_topics(self) -> None:
        """What the desk does every minute."""
        ...

    async def blocks(self, account: str) -> None:
        """The account has blocked the bot."""
        ...

    async def demotes(self, person: str) -> None:
        """Somebody of the staff may only read from now on."""
        ...

    async def opens(self) -> None:
        """1C is looked through for the first time, and has all orders."""
        ...

    async def falls_silent(self) -> None: ...

    async def answers(self) -> None:
        """1C is back: what waited is done, prices are checked."""
        ...

    async def prices_move(self, *percents: int | None) -> None:
        """The articles with the longest names, one after the other, cost so much more or less; None: sold no more."""
        ...

    async def takes_by_phone(self, account: str, articles: int) -> None:
        """An order for the account's client is entered."""
        ...

    async def asks_to_pay(self, account: str) -> None:
        """The account's person is to pay for the newest order of their client."""
        ...

    async def runs_out_of_money(self, kind: NoticeKind) -> None:
        """At the sender of messages, or of this month's budget."""
        ...

    async def loses_the_mailbox(self) -> None:
        """The mailbox of letters that came back lets nobody in."""
        ...

    async def changes(self, account: str, articles: int) -> None:
        """The newest order of the account's client gets other lines."""
        ...

    async def moves(self, account: str, state: State) -> None:
        """The newest order of the account's client is in another state there."""
        ...

    async def loses(self, account: str) -> None:
        """The document of the newest order of the account's client is gone."""
        ...

    async def differs(self, account: str, kind: DifferenceKind) -> UUID:
        """The newest order of the account's client does not agree; the group is told."""
        ...

    async def takes_money(self, account: str, refunded: int = 0) -> None:
        """The newest order of the account's client is paid by card; then so many percent of it go back."""
        ...

    async def owes(self, account: str, debts: int) -> None:
        """The account's client owes by so many documents, some of them overdue; what was owed before is paid."""
        ...

    async def reminds(self) -> None:
        """It is the next working morning; debts are fresh, and debtors are reminded."""
        ...

    async def owes_too(self, account: str, number: int) -> None:
        """The account's client owes by one more document, of this number; what others owe stays."""
        ...

    async def banks(self, account: str | None, hryvnias: str, purpose: str) -> None:
        """A statement with one payment by transfer of the account's client, or of somebody unknown, is taken in."""
        ...

    async def pays_link(self, account: str, *, under_way: bool = False) -> None:
        """The newest link of the account's client is paid; `under_way`: the bank has it, and no more."""
        ...

    async def gives_back(self, account: str) -> None:
        """The newest payment of the account's client goes back, because somebody of the staff said so."""
        ...

    async def holds_money(self, account: str) -> None:
        """A sum for the newest order of the account's client is held and not taken."""
        ...

    async def finds_strangers(self) -> None:
        """The gateway's list has money that nobody knows."""
        ...

    async def refuses_refunds(self, code: str | None) -> None:
        """The gateway gives nothing back, with this code; None: it does again."""
        ...

    async def delays_refunds(self, *, on: bool) -> None:
        """The gateway accepts refunds and does not show them."""
        ...

    async def disowns_payment(self) -> None:
        """The gateway says by now that the last payment was declined."""
        ...

    async def works(self) -> None:
        """Whatever waits in the background is done."""
        ...

    async def stocks(self, sku: str, quantity: int) -> None:
        """So much of the article lies in the warehouse now, and 1C says so."""
        ...

    async def tells_prices(self) -> None:
        """The morning's news of prices."""
        ...

    async def loses_somebody(self, account: str) -> None:
        """The account's person could not be told what they must know; in the morning the managers hear of it."""
        ...

    async def doubts(self, account: str) -> None:
        """The account's person may have been told of their order or not; an hour later the managers hear of it."""
        ...

    async def reconciles(self) -> None:
        """Orders are compared with documents."""
        ...

    async def gives_up(self) -> None:
        """Background work dies."""
        ...

    async def service_says(self, state: ServiceState, words: str = "", *, stranger: bool = False) -> None:
        """The service of signatures says so of the last document; `stranger`: signed by somebody with another code."""
        ...

    async def refuses_documents(self, code: str) -> None:
        """From now on it takes no document; an empty code: it takes them again."""
        ...

    def lacks_requisites(self, *what: str) -> None:
        """From now on this is missing of every client."""
        ...

    def takes_templates(self) -> None:
        """From now on Word files are brought: the refs good, wrong and scan say what is in them."""
        ...

    def connects_chats(self) -> None:
        """From now on there is a chat that a link can open."""
        ...

    async def gets_people(self, count: int) -> None:
        """So many people who can be reached are new in 1C, one has no phone, and one wants no messages."""
        ...

    async def brings_invitations(self) -> None:
        """Those that left have arrived or not: one in each way it can end."""
        ...
