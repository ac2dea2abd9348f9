"""In the staff's topics: clients' messages, words of ours, live cards; what stands in the way there is mended."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Generic, TypeVar
from uuid import UUID

from bot.conversation.context import Context
from bot.conversation.messenger import Relay, ThreadFault
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Identity
from bot.domain.desk import PassageView, TopicView, pieces
from bot.domain.desk_jobs import Post
from bot.domain.errors import Rejected, Unavailable
from bot.domain.job import Run
from bot.jobs.desk_words import Drawing, Posted
from bot.jobs.enclosing import Enclosing
from bot.logs import log
from bot.services.desk_card import card_facts

PIECE = 3500
CAPTION = 700
TRIES = 3
S = TypeVar("S")
logger = log("desk")


class TopicPosts(Generic[S]):
    """The handlers of the jobs BRING, POST and CARD; topics are in the groups of one messenger."""

    def __init__(
        self, books: Books, groups: Relay, messengers: Mapping[str, Relay], drawing: Drawing[S], enclosing: Enclosing
    ) -> None:
        self._books = books
        self._groups = groups
        self._messengers = messengers
        self._drawing = drawing
        self._enclosing = enclosing

    async def bring(self, run: Run) -> None:
        """A client's message into its topic. Killed at the wrong moment it comes twice, which is better than never."""
        passage = await self._books.read(passage_of, run)
        topic = await self._books.read(topic_of, run)
        if passage is None or topic is None or passage.staff_message is not None:
            return
        topic = await self._with_thread(topic)
        media, lost = await self._enclosing.of(passage, self._messengers)
        context, message = self.context(run, topic), ""
        for part in parts_of(passage):
            screen = self._drawing.words.question(context, part, "" if topic.thread else topic.title, lost)
            reply_to = await self._books.read(_staff_message, passage.answers)
            message = await self.show_in(topic, replace(screen, media=None if message else media), reply_to)
        await self._books.write(lambda tx: tx.relayed.arrived(passage.id, staff_message=message))

    async def post(self, run: Run) -> None:
        """A word of ours in a topic, or before the whole group where it concerns everybody."""
        args, topic = run.job.args, await self._books.read(topic_of, run)
        if topic is None:
            return
        passage, said = await self._books.read(passage_of, run), args["said"]
        assert isinstance(said, Mapping)
        post = Post(str(args["post"]))
        screen = self._drawing.words.post(self.context(run, topic), Posted(post, topic.title, said))
        if post is Post.ESCALATED:
            await self._groups.show(topic.place, screen)
            return
        await self.show_in(topic, screen, (passage.staff_message if passage else None) or "")

    async def card(self, run: Run) -> None:
        """The card and the title as things stand; a topic that is closed or gone waits until somebody writes there."""
        topic = await self._books.read(topic_of, run)
        if topic is None or not topic.thread:
            return
        try:
            await self._follow_name(topic)
            await self._put_card(topic)
        except Rejected as error:
            if error.code not in set(ThreadFault):
                raise
            if error.code == ThreadFault.GONE:
                await self._books.write(lambda tx: tx.desk.lost(topic.id, topic.thread))

    async def show_in(self, topic: TopicView, screen: Screen, reply_to: str = "") -> str:
        """A topic that was deleted is made again, one that was closed is opened."""
        for _ in range(TRIES):
            topic = await self._with_thread(topic)
            try:
                if topic.closed:
                    await self._reopened(topic)
                    topic = replace(topic, closed=False)
                return await self._groups.show(topic.place, screen, thread=topic.thread, reply_to=reply_to)
            except Rejected as error:
                if error.code == ThreadFault.GONE:
                    logger.info("a topic is gone", topic=str(topic.id))
                    await self._books.write(lambda tx, gone=topic: tx.desk.lost(gone.id, gone.thread))  # type: ignore[misc]
                    topic = replace(topic, thread="", card_message=None, closed=False)
                elif error.code == ThreadFault.CLOSED:
                    topic = replace(topic, closed=True)
                else:
                    raise
        raise Unavailable(self._groups.channel, "topic", "it is closed again and again")

    async def _reopened(self, topic: TopicView) -> None:
        """Whoever may not manage topics can write nothing in a closed one, but a client has written."""
        assert self._groups.topics is not None
        await self._groups.topics.reopen(topic.place, topic.thread)
        await self._books.write(lambda tx: tx.desk.set_closed(topic.place, topic.thread, closed=False))

    async def _with_thread(self, topic: TopicView) -> TopicView:
        """Made where there is none; a group that allows none is one chat, where an answer is a reply."""
        if topic.thread or self._groups.topics is None:
            return topic
        try:
            thread = await self._groups.topics.open(topic.place, topic.title)
        except Rejected as error:
            if error.code != ThreadFault.NO_FORUM:
                raise
            return topic
        await self._books.write(lambda tx: tx.desk.opened(topic.id, thread, topic.title))
        topic = replace(topic, thread=thread, named=topic.title, card_message=None, card_shown="", closed=False)
        await self._put_card(topic)
        return topic

    async def _follow_name(self, topic: TopicView) -> None:
        """The thread is called as its client is; where we may not name threads, it stays as it was."""
        if self._groups.topics is None or topic.named == topic.title:
            return
        try:
            await self._groups.topics.rename(topic.place, topic.thread, topic.title)
        except Rejected as error:
            if error.code in set(ThreadFault):
                raise
            logger.warning("a topic is not renamed", topic=str(topic.id), code=error.code)
            return
        await self._books.write(lambda tx: tx.desk.renamed(topic.id, topic.title))

    async def _put_card(self, topic: TopicView) -> None:
        facts = await self._books.read(card_facts, topic, self._drawing.now())
        if facts.digest == topic.card_shown:
            return
        screen = self._drawing.words.card(
            self._drawing.context(f"card:{topic.id}", self._group_of(topic)), topic, facts
        )
        message = topic.card_message
        if message is None or not await self._groups.renew(topic.place, message, screen):
            message = await self._groups.show(topic.place, screen, thread=topic.thread)
            await self._pin(topic.place, message)
        put = message
        await self._books.write(lambda tx: tx.desk.card_put(topic.id, put, facts.digest, self._drawing.now()))

    async def _pin(self, place: str, message: str) -> None:
        assert self._groups.topics is not None
        try:
            await self._groups.topics.pin(place, message)
        except Rejected as error:
            logger.warning("a card is not pinned: the bot may not pin messages there", code=error.code)

    def context(self, run: Run, topic: TopicView) -> Context[S]:
        return self._drawing.context(f"desk:{run.id}", self._group_of(topic))

    def _group_of(self, topic: TopicView) -> Identity:
        return Identity(self._groups.channel, topic.place, desk=topic.desk)


def parts_of(passage: PassageView) -> list[PassageView]:
    """Within what every messenger takes; the words of a file stand apart where they are too long for it."""
    if passage.file is not None and len(passage.text) > CAPTION:
        return [replace(passage, text=""), *(replace(passage, text=text) for text in pieces(passage.text, PIECE))]
    return [replace(passage, text=text) for text in pieces(passage.text, PIECE)]


def passage_of(tx: Tx, run: Run) -> PassageView | None:
    message = run.job.args.get("message")
    return tx.relayed.passage(UUID(str(message))) if message else None


def topic_of(tx: Tx, run: Run) -> TopicView | None:
    return tx.desk.topic(UUID(str(run.job.args["topic"])))


def _staff_message(tx: Tx, answers: UUID | None) -> str:
    quoted = tx.relayed.passage(answers) if answers else None
    return (quoted.staff_message if quoted else None) or ""
