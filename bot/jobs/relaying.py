"""Answers of the staff on their way to clients: each is brought once, and what did not arrive is said in the topic."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Generic, TypeVar
from uuid import UUID

from bot.conversation.context import Context
from bot.conversation.messenger import Relay
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.desk import Passage, PassageKind, PassageView, TopicView
from bot.domain.desk_jobs import CARRY, Post, Spoken, post_job
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.job import JobView, Run
from bot.jobs.desk_words import Drawing
from bot.jobs.enclosing import Enclosing
from bot.jobs.topic_posts import TopicPosts, parts_of, passage_of
from bot.logs import log

S = TypeVar("S")
logger = log("desk")


class Relaying(Generic[S]):
    """The handlers of the jobs CARRY, SAY and AMEND."""

    def __init__(
        self,
        books: Books,
        groups: Relay,
        messengers: Mapping[str, Relay],
        drawing: Drawing[S],
        enclosing: Enclosing,
    ) -> None:
        self.posts = TopicPosts(books, groups, messengers, drawing, enclosing)
        self._books = books
        self._groups = groups
        self._messengers = messengers
        self._drawing = drawing
        self._enclosing = enclosing

    async def carry(self, run: Run) -> None:
        """An answer to its client. Killed in the midst of sending it is not sent twice: the topic says that it is
        unsure. Raises Unavailable."""
        passage = await self._books.read(passage_of, run)
        if passage is None or passage.state not in (Passage.QUEUED, Passage.SENDING):
            return
        messenger = self._messengers.get(passage.channel)
        who = await self._books.read(lambda tx: tx.accounts.identity(passage.channel, passage.external_id))
        if passage.state is Passage.SENDING:
            await self._failed(passage, Passage.UNSURE, "interrupted")
        elif messenger is None or not who.reachable:
            await self._failed(passage, Passage.FAILED, "unreachable")
        elif await self._books.read(lambda tx: tx.relayed.is_note_album(passage.topic_id, passage.album)):
            await self._books.write(lambda tx: tx.relayed.note_album(passage.topic_id, passage.album))
        else:
            await self._carry(passage, messenger, self._drawing.context(f"carry:{run.id}", who))

    async def _carry(self, passage: PassageView, messenger: Relay, context: Context[S]) -> None:
        media, lost = await self._enclosing.of(passage, self._messengers)
        if lost and not passage.text:
            await self._failed(passage, Passage.FAILED, lost)
            return
        if not await self._books.write(lambda tx: tx.relayed.begin(passage.id)):
            return
        quoted, in_words = await self._books.read(_quoted, passage)
        reply_to, message = (quoted.client_message if quoted else None) or "", ""
        try:
            for part in parts_of(passage):
                screen = self._drawing.words.answer(
                    context, part, None if messenger.traits.quotes or not in_words else quoted
                )
                screen = self._framed(messenger, replace(screen, media=None if message else media), context)
                message = await messenger.show(passage.external_id, screen, reply_to=reply_to)
        except Ambiguous as error:
            await self._failed(passage, Passage.UNSURE, str(error.code or ""))
        except Unavailable:
            if message:
                await self._failed(passage, Passage.UNSURE, "in part")
                return
            await self._books.write(lambda tx: tx.relayed.settle(passage.id, Passage.QUEUED))
            raise
        except Rejected as error:
            if error.of_system:
                await self._books.write(lambda tx: tx.relayed.settle(passage.id, Passage.QUEUED))
                raise
            await self._failed(passage, Passage.FAILED, str(error.code or ""))
        else:
            await self._books.write(lambda tx: tx.relayed.arrived(passage.id, client_message=message))
            if lost:
                await self._books.write(_report, passage, Post.FAILED, lost)

    async def say(self, run: Run) -> None:
        """A word of the bot about a talk."""
        args = run.job.args
        channel, to = str(args["channel"]), str(args["to"])
        who = await self._books.read(lambda tx: tx.accounts.identity(channel, to))
        messenger = self._messengers.get(channel)
        if messenger is None or not who.reachable:
            return
        context = self._drawing.context(f"say:{run.id}", who)
        screen = self._drawing.words.frame(
            self._drawing.words.spoken(context, Spoken(str(args["spoken"])), str(args["name"])), context
        )
        try:
            await messenger.show(to, screen)
        except Rejected as error:
            if error.of_system:
                raise
            logger.info("a word about a talk was not taken", channel=channel, code=error.code)

    async def amend(self, run: Run) -> None:
        """Other words where the message stands at the other end already, if that messenger can."""
        passage = await self._books.read(passage_of, run)
        topic = await self._books.read(lambda tx: tx.desk.topic(passage.topic_id)) if passage else None
        if passage is None or topic is None or passage.state is Passage.QUEUED:
            return
        if not await self._amended(run, passage, topic):
            await self._books.write(_report, passage, Post.NOT_EDITED, run.job.key)

    async def _amended(self, run: Run, passage: PassageView, topic: TopicView) -> bool:
        parts = list(parts_of(passage))
        if len(parts) > 1:
            return False
        media = self._enclosing.standing_for(passage)
        if passage.part is PassageKind.QUESTION:
            screen = self._drawing.words.question(
                self.posts.context(run, topic), parts[0], "" if topic.thread else topic.title, ""
            )
            message = passage.staff_message
            return bool(message) and await self._groups.renew(topic.place, message or "", replace(screen, media=media))
        messenger = self._messengers.get(passage.channel)
        if messenger is None or not messenger.traits.can_edit or not passage.client_message:
            return False
        who = await self._books.read(lambda tx: tx.accounts.identity(passage.channel, passage.external_id))
        context = self._drawing.context(f"amend:{run.id}", who)
        screen = self._framed(messenger, self._drawing.words.answer(context, parts[0], None), context)
        return await messenger.renew(passage.external_id, passage.client_message, replace(screen, media=media))

    def _framed(self, messenger: Relay, screen: Screen, context: Context[S]) -> Screen:
        """With the menu only where it would vanish: what carries a keyboard cannot be edited later."""
        return screen if messenger.traits.keeps_menu else self._drawing.words.frame(screen, context)

    async def _failed(self, passage: PassageView, state: Passage, reason: str) -> None:
        def fail(tx: Tx) -> None:
            tx.relayed.settle(passage.id, state, reason)
            _report(tx, passage, Post.UNSURE if state is Passage.UNSURE else Post.FAILED, reason)

        await self._books.write(fail)


def desk_given_up(tx: Tx, job: JobView) -> None:
    """A job that was to bring an answer is a dead letter: the topic says that the client did not get it."""
    if job.name != CARRY:
        return
    passage = tx.relayed.passage(UUID(str(job.args["message"])))
    if passage is not None and passage.state in (Passage.QUEUED, Passage.SENDING):
        tx.relayed.settle(passage.id, Passage.FAILED, "given up")
        _report(tx, passage, Post.FAILED, "given up")


def _quoted(tx: Tx, passage: PassageView) -> tuple[PassageView | None, bool]:
    """What it answers, and whether that is worth saying: where there are no topics every answer is a reply."""
    topic = tx.desk.topic(passage.topic_id)
    return tx.relayed.passage(passage.answers) if passage.answers else None, bool(topic and topic.thread)


def _report(tx: Tx, passage: PassageView, post: Post, reason: str) -> None:
    key = f"{passage.id}:{reason}"
    said = {"reason": reason, "name": tx.accounts.identity(passage.channel, passage.external_id).name}
    tx.jobs.add(post_job(passage.topic_id, post, key, message=passage.id, said=dict(said)))
