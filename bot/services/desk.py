"""The staff desk, from a client's side: a question reaches a human in the client's topic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Identity
from bot.domain.desk import DeskRules, PassageKind, Said, TopicView
from bot.domain.desk import account_subject as of_account
from bot.domain.desk import client_subject as of_client
from bot.domain.desk_jobs import amend_job, bring_job, topic_lock
from bot.domain.dialogue import Turn
from bot.domain.job import Queue
from bot.domain.notice import FINANCE, MANAGERS
from bot.ports import Clock

Groups = Mapping[str, tuple[str, str]]
"""The messenger and the group of each desk that has one of its own."""
TEXT = 7000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is on its way; `answered_from` is when somebody is there, None where they are there now."""

    answered_from: datetime | None


class StaffDesk:
    """Without a group nobody answers, and nothing is promised."""

    def __init__(self, books: Books, groups: Groups, rules: DeskRules, now: Clock) -> None:
        self._books = books
        self._groups = groups
        self.rules = rules
        self._now = now

    @property
    def open(self) -> bool:
        return MANAGERS in self._groups

    @property
    def has_finance(self) -> bool:
        return FINANCE in self._groups and self._groups[FINANCE] != self._groups.get(MANAGERS)

    async def ask(self, turn: Turn, who: Identity, said: Said, *, desk: str = "") -> Asked:
        """Somebody writes to the staff. A talk goes on where it is; `desk` is the one a new question is for."""
        await self._books.apply(turn, lambda tx: self.ask_in(tx, turn, who, said, desk), lambda _: None)
        return self.asked()

    def asked(self) -> Asked:
        now = self._now()
        opening = self.rules.work.opens(now)
        return Asked(None if opening <= now else opening)

    def ask_in(self, tx: Tx, turn: Turn, who: Identity, said: Said, desk: str = "") -> None:
        """The same within a transaction; nothing where no desk is open."""
        if not self.open:
            return
        topic = self._topic_for(tx, turn, who, desk)
        said = Said(said.text[:TEXT], said.message, said.reply_to, said.album, said.file)
        quoted = tx.relayed.of_client(turn.channel, turn.external_id, said.reply_to)
        message = tx.relayed.add(
            topic.id, PassageKind.QUESTION, said, (turn.channel, turn.external_id), (who_key(turn), who.name), turn.at,
            answers=quoted.id if quoted and quoted.topic_id == topic.id else None,
        )  # fmt: skip
        tx.desk.asked(turn.channel, turn.external_id, topic.id, turn.at)
        tx.jobs.add(bring_job(topic.id, message))

    async def reworded(self, turn: Turn, message: str, text: str) -> None:
        """A client has other words for an earlier message; nothing where that never reached the staff."""

        def reword(tx: Tx) -> None:
            passage = tx.relayed.of_client(turn.channel, turn.external_id, message)
            if passage is None or passage.part is not PassageKind.QUESTION:
                return
            edits = tx.relayed.reword(passage.id, text[:TEXT])
            tx.jobs.add(amend_job(Queue.TELEGRAM, topic_lock(passage.topic_id), passage.id, edits))

        await self._books.apply(turn, reword, lambda _: None)

    def _topic_for(self, tx: Tx, turn: Turn, who: Identity, desk: str) -> TopicView:
        talk = tx.desk.talk(turn.channel, turn.external_id)
        going_on = tx.desk.topic(talk.topic_id) if talk and talk.taken_by else None
        if going_on is not None and not desk and going_on.desk in self._groups:
            return going_on
        return self.require_topic(tx, desk if desk in self._groups else MANAGERS, turn.channel, who)

    def require_topic(self, tx: Tx, desk: str, channel: str, who: Identity) -> TopicView:
        """Of the client the account acts for, or of the account itself where nobody knows it."""
        at, group = self._now(), self._group(tx, desk)
        if who.buyer is not None:
            client_id = who.buyer.id
            return tx.desk.require_topic(desk, group, of_client(client_id), who.buyer.name, at, client_id=client_id)
        account = (channel, who.external_id)
        title = f"{who.name or '?'} ({channel.capitalize()})"
        return tx.desk.require_topic(desk, group, of_account(*account), title, at, account=account)

    def client_topic(self, tx: Tx, client_id: UUID, desk: str = MANAGERS) -> TopicView | None:
        """A client's at a desk that has a group; None for a client who is not there."""
        name = tx.clients.names([client_id]).get(client_id)
        if name is None:
            return None
        group, subject = self._group(tx, desk), of_client(client_id)
        return tx.desk.require_topic(desk, group, subject, name, self._now(), client_id=client_id)

    def _group(self, tx: Tx, desk: str) -> str:
        return tx.accounts.chat_now(*self._groups[desk])


def who_key(turn: Turn) -> str:
    return f"{turn.channel}:{turn.external_id}"
