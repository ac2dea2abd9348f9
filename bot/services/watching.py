"""Waiting for an article to be in stock again: asked for on its card, told once, and then over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound
from bot.domain.notice import RULES, Notice, NoticeKind
from bot.services.notices import tell_person

KIND = NoticeKind.BACK_IN_STOCK


@dataclass(frozen=True, slots=True)
class Watched:
    """An article after somebody asked to hear of it, or not to; `muted`: they have switched such notices off."""

    article: ArticleView
    waits: bool
    muted: bool


class Watching:
    """Who waits for what."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def waits(self, person_id: UUID, buyer: Buyer, article_id: UUID) -> bool:
        return await self._books.read(lambda tx: tx.watches.waits(person_id, buyer.id, article_id))

    async def switch(
        self, turn: Turn, person_id: UUID, buyer: Buyer, article_id: UUID, *, on: bool, language: str
    ) -> Watched:
        """Nobody waits for what is there already. Raises NotFound where the client may not see the article."""

        def effect(tx: Tx) -> None:
            article = _require(tx, article_id, buyer, language)
            if on and not article.in_stock:
                tx.watches.ask(person_id, buyer.id, article_id, turn.at)
            elif not on:
                tx.watches.drop(person_id, buyer.id, article_id)

        def view(tx: Tx) -> Watched:
            article = _require(tx, article_id, buyer, language)
            muted = RULES[KIND].topic in tx.reach.mutes(person_id)
            return Watched(article, tx.watches.waits(person_id, buyer.id, article_id), muted)

        return await self._books.apply(turn, effect, view)

    async def come(self, person_id: UUID, buyer: Buyer, notice: Notice, language: str) -> Sequence[ArticleView]:
        """What the notice is to name, as things stand now: what is gone again is waited for again."""

        def say(tx: Tx) -> list[ArticleView]:
            dispatch_id = tx.dispatches.find(person_id, notice)
            if dispatch_id is None:
                return []
            articles = _there(tx, tx.watches.of_dispatch(dispatch_id), buyer, language)
            tx.watches.say(dispatch_id, [article.id for article in articles])
            return articles

        return await self._books.write(say)


def tell_arrived(tx: Tx, at: datetime) -> None:
    """Whoever waits for something that has come is told, of all of it in one notice.

    What a person may not see now, or has switched off, goes on being waited for.
    """
    tx.watches.settle()
    waiting: dict[tuple[UUID, UUID], list[UUID]] = {}
    for person_id, client_id, article_id in tx.watches.come():
        waiting.setdefault((person_id, client_id), []).append(article_id)
    for (person_id, client_id), article_ids in waiting.items():
        buyer = tx.clients.buyer_for(client_id, person_id)
        if buyer is None:
            tx.watches.drop(person_id, client_id)
        elif RULES[KIND].topic not in tx.reach.mutes(person_id):
            come = [article.id for article in _there(tx, article_ids, buyer, "uk")]
            _tell(tx, person_id, client_id, come, at)


def _tell(tx: Tx, person_id: UUID, client_id: UUID, come: Sequence[UUID], at: datetime) -> None:
    """In the notice that has not left yet, or in a new one."""
    if not come:
        return
    notice = Notice(KIND, str(client_id), at.isoformat())
    dispatch = tx.dispatches.open(person_id, client_id, KIND) or tell_person(tx, person_id, client_id, notice, at)
    if dispatch is not None:
        tx.watches.bind(dispatch, person_id, client_id, come)


def _there(tx: Tx, article_ids: Sequence[UUID], buyer: Buyer, language: str) -> list[ArticleView]:
    """Those that the client may see and that are in stock; unknown stock has not come."""
    articles = tx.catalogue.articles(article_ids, buyer, language)
    return [article for article in articles if article.stock is not None and article.stock > 0]


def _require(tx: Tx, article_id: UUID, buyer: Buyer, language: str) -> ArticleView:
    article = tx.catalogue.article(article_id, buyer, language)
    if article is None:
        raise NotFound("article")
    return article
