"""The staff desk, from the staff's side: who writes in a client's topic speaks to the client until the bot is back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.desk import ROLE, Heard, Passage, PassageKind, PassageView, Role, Said, Staff, TopicView, is_note
from bot.domain.desk_jobs import ALBUM_SETTLES, Spoken, amend_job, carry_job, say_job
from bot.domain.dialogue import Turn
from bot.domain.errors import Forbidden, NotFound
from bot.domain.job import Queue
from bot.services.desk_rights import acted, require_topic, topic_here

NOTING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of words in a group, and about whom they were."""

    heard: Heard
    about: str = ""


class DeskAnswers:
    """Answers, notes and canned answers; every one goes into the log of the staff."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def said(self, turn: Turn, place: str, thread: str, staff: Staff, said: Said) -> Answer:
        """Somebody of the staff has written in a group. Raises Forbidden: role."""

        def view(tx: Tx) -> Answer:
            return Answer(Heard.SENT, _about(tx, place, thread, said.reply_to))

        answers: list[Answer] = []

        def hear(tx: Tx) -> None:
            answers[:] = [self._hear(tx, turn, place, thread, staff, said)]

        topic = await self._books.read(topic_here, place, thread, said.reply_to)
        if topic is None:
            return Answer(Heard.NOT_OURS)
        await self._allowed(turn, staff, "answer", topic.title)
        seen = await self._books.apply(turn, hear, view)
        return answers[0] if answers else seen

    def _hear(self, tx: Tx, turn: Turn, place: str, thread: str, staff: Staff, said: Said) -> Answer:
        topic = topic_here(tx, place, thread, said.reply_to)
        if topic is None:
            return Answer(Heard.NOT_OURS)
        quoted = tx.relayed.of_staff(place, said.reply_to)
        pressed = tx.desk.noted_next(topic.id, staff.key, turn.at)
        answers_note = quoted is not None and quoted.part is PassageKind.NOTE
        if pressed or is_note(said.text) or answers_note or tx.relayed.is_note_album(topic.id, said.album):
            return self._note(tx, turn, topic, staff, said, kept=answers_note and not is_note(said.text))
        account = _addressee(tx, topic, quoted)
        if account is None:
            return Answer(Heard.NOBODY, topic.title)
        if not said.text and (said.file is None or not said.file.ref):
            return Answer(Heard.NOT_PASSED, topic.title)
        self._answer(tx, turn, topic, staff, said, account, quoted)
        return Answer(Heard.SENT, topic.title)

    def _note(self, tx: Tx, turn: Turn, topic: TopicView, staff: Staff, said: Said, *, kept: bool) -> Answer:
        tx.relayed.add(topic.id, PassageKind.NOTE, said, ("", ""), (staff.key, staff.name), turn.at)
        tx.relayed.note_album(topic.id, said.album)
        acted(tx, turn, staff, "note", topic.title, "done")
        return Answer(Heard.KEPT if kept else Heard.NOTED, topic.title)

    def _answer(
        self, tx: Tx, turn: Turn, topic: TopicView, staff: Staff, said: Said, account: tuple[str, str],
        quoted: PassageView | None,
    ) -> None:  # fmt: skip
        first = tx.desk.answered(*account, topic.id, staff.key, staff.name, turn.at)
        message = tx.relayed.add(
            topic.id, PassageKind.ANSWER, said, account, (staff.key, staff.name), turn.at,
            answers=quoted.id if quoted else None, first=first,
        )  # fmt: skip
        not_before = turn.at + ALBUM_SETTLES if said.album else None
        tx.jobs.add(carry_job(*account, message, not_before))
        acted(tx, turn, staff, "answer", topic.title, "done")

    async def staff_reworded(self, turn: Turn, place: str, staff: Staff, message: str, text: str) -> Answer:
        """A message of the staff has other words. A note never becomes an answer by that. Raises Forbidden: role."""
        answers: list[Answer] = []

        def reword(tx: Tx) -> None:
            passage = tx.relayed.of_staff(place, message)
            topic = tx.desk.topic(passage.topic_id) if passage else None
            if passage is None or topic is None or passage.part is PassageKind.QUESTION:
                return
            answers.append(Answer(_reworded(tx, passage, text), topic.title))
            acted(tx, turn, staff, "edit", topic.title, answers[0].heard.value)

        if staff.role is Role.WATCHER:
            return Answer(Heard.NOT_OURS)
        await self._books.apply(turn, reword, lambda _: None)
        return answers[0] if answers else Answer(Heard.NOT_OURS)

    async def note_next(self, turn: Turn, topic_id: UUID, staff: Staff) -> TopicView:
        """Their next message in the topic is a note. Raises NotFound."""

        def note(tx: Tx) -> None:
            require_topic(tx, topic_id, staff)
            tx.desk.note_next(topic_id, staff.key, turn.at + NOTING)

        return await self._books.apply(turn, note, lambda tx: require_topic(tx, topic_id, staff))

    async def hand_back(self, turn: Turn, topic_id: UUID, staff: Staff) -> TopicView:
        """The bot speaks again to everybody of the topic, who are told. Raises NotFound."""

        def hand(tx: Tx) -> None:
            require_topic(tx, topic_id, staff)
            for talk in tx.desk.talks_in(topic_id):
                if tx.desk.handed_back(talk.channel, talk.external_id):
                    back = say_job(talk.channel, talk.external_id, Spoken.HANDED_BACK, turn.event_id, talk.taken_name)
                    tx.jobs.add(back)

        return await self._books.apply(turn, hand, lambda tx: require_topic(tx, topic_id, staff))

    async def topic(self, topic_id: UUID, staff: Staff) -> TopicView:
        """Raises NotFound, also for a topic of another desk."""
        return await self._books.read(require_topic, topic_id, staff)

    async def canned(self) -> Mapping[str, str]:
        """Texts by their names."""
        return await self._books.read(lambda tx: tx.staff.canned())

    async def keep_canned(self, turn: Turn, staff: Staff, name: str, text: str) -> None:
        """Under a name, in place of what was called so. Raises Forbidden: role."""

        def keep(tx: Tx) -> None:
            tx.staff.keep_canned(name, text, staff.name, turn.at)
            acted(tx, turn, staff, "canned answer kept", name, "done")

        await self._allowed(turn, staff, "canned answer kept", name)
        await self._books.apply(turn, keep, lambda _: None)

    async def drop_canned(self, turn: Turn, staff: Staff, name: str) -> bool:
        """Whether there was one. Raises Forbidden: role."""

        def drop(tx: Tx) -> None:
            if tx.staff.drop_canned(name):
                acted(tx, turn, staff, "canned answer dropped", name, "done")

        await self._allowed(turn, staff, "canned answer dropped", name)
        known = name in await self.canned()
        await self._books.apply(turn, drop, lambda _: None)
        return known

    async def send_canned(self, turn: Turn, topic_id: UUID, staff: Staff, name: str) -> Answer:
        """As if they had written it. Raises NotFound."""
        answers: list[Answer] = []

        def send(tx: Tx) -> None:
            topic, text = require_topic(tx, topic_id, staff), tx.staff.canned().get(name)
            if text is None:
                raise NotFound("answer")
            account = _addressee(tx, topic, None)
            if account is None:
                answers[:] = [Answer(Heard.NOBODY, topic.title)]
                return
            self._answer(tx, turn, topic, staff, Said(text, ""), account, None)

        await self._books.apply(turn, send, lambda _: None)
        return answers[0] if answers else Answer(Heard.SENT)

    async def _allowed(self, turn: Turn, staff: Staff, what: str, about: str) -> None:
        if staff.role is Role.WATCHER:
            await self._books.write(acted, turn, staff, what, about, "refused")
            raise Forbidden(ROLE)


def _about(tx: Tx, place: str, thread: str, reply_to: str) -> str:
    topic = topic_here(tx, place, thread, reply_to)
    return topic.title if topic else ""


def _addressee(tx: Tx, topic: TopicView, quoted: PassageView | None) -> tuple[str, str] | None:
    """Whose message is answered, else who spoke last, else whoever of the client can be reached."""
    if quoted is not None and quoted.channel:
        return quoted.channel, quoted.external_id
    talks = tx.desk.talks_in(topic.id)
    if talks:
        return talks[0].channel, talks[0].external_id
    if topic.channel and topic.external_id:
        return topic.channel, topic.external_id
    reached = tx.accounts.to_tell(topic.client_id) if topic.client_id else []
    return reached[0] if reached else None


def _reworded(tx: Tx, passage: PassageView, text: str) -> Heard:
    if passage.part is PassageKind.NOTE:
        return Heard.NOTED if is_note(text) else Heard.KEPT
    if is_note(text):
        if passage.state is Passage.QUEUED:
            tx.relayed.unsend(passage.id, text)
            return Heard.NOTED
        return Heard.TOO_LATE
    edits = tx.relayed.reword(passage.id, text)
    if passage.state is not Passage.QUEUED:
        lock = f"chat:{passage.channel}:{passage.external_id}"
        tx.jobs.add(amend_job(Queue(passage.channel), lock, passage.id, edits))
    return Heard.SENT
