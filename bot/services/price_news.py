"""Once a day: which prices of what a client usually takes have moved since people last heard of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.known_prices import Known
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.client import Buyer
from bot.domain.dispatch import KYIV, Way
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.money import Money
from bot.domain.notice import RULES, Notice, NoticeKind
from bot.domain.price_move import PriceMove, moved
from bot.logs import log
from bot.ports import Clock
from bot.services.notices import tell_person
from bot.services.standing import Standing

PRICE_NEWS = "price_news"
KIND = NoticeKind.PRICE_NEWS
USUAL = timedelta(days=60)
"""What was ordered since then is what a client usually takes."""
ARTICLES = 200
LOOK_EVERY = timedelta(minutes=10)
WAITS = timedelta(hours=6)
logger = log("price_news")


def price_news_job(tick: datetime) -> Job:
    """Tell everybody, as of that morning."""
    args = {"asked": tick.isoformat()}
    return Job(PRICE_NEWS, Queue.LOCAL, args, key=f"{PRICE_NEWS}:{tick.isoformat()}", lock=PRICE_NEWS)


class PriceNews:
    """What a person knows is kept with the notice that told them: after a crash nobody hears it twice."""

    def __init__(self, books: Books, standing: Standing, now: Clock) -> None:
        self._books = books
        self._standing = standing
        self._now = now

    async def run(self, run: Run) -> None:
        """The job of `price_news_job`. Raises Postponed while prices are old; after some hours there is no news."""
        now = self._now()
        if not await self._standing.may_leave(Subject.PRICES):
            if now - datetime.fromisoformat(str(run.job.args["asked"])) < WAITS:
                raise Postponed(now + LOOK_EVERY)
            logger.warning("no news of prices today: they are old")
            return
        for client_id in await self._books.read(lambda tx: tx.known_prices.clients(now - USUAL)):
            await self._books.write(_tell_client, client_id, now)

    async def moves(self, person_id: UUID, buyer: Buyer, notice: Notice, language: str) -> Sequence[PriceMove]:
        """What the notice is to say, as prices stand now, the farthest first; what it says is known from then on."""

        def say(tx: Tx) -> list[PriceMove]:
            dispatch_id = tx.dispatches.find(person_id, notice)
            if dispatch_id is None:
                return []
            known = tx.known_prices.of_dispatch(dispatch_id)
            moves = [
                PriceMove(article.id, article.name, article.packing, known[article.id], article.price)
                for article in tx.catalogue.articles(list(known), buyer, language)
                if article.price is not None and moved(known[article.id], article.price)
            ]
            tx.known_prices.say(dispatch_id, {move.article_id: move.now for move in moves})
            return sorted(moves, key=lambda move: (-abs(move.percent), move.name))

        return await self._books.write(say)


def _tell_client(tx: Tx, client_id: UUID, at: datetime) -> None:
    """Those of its people who can be told for nothing; the others would only fill the journal."""
    usual = tx.known_prices.usual(client_id, at - USUAL, ARTICLES)
    for person_id in tx.reach.audience(client_id, RULES[KIND].audience):
        buyer = tx.clients.buyer_for(client_id, person_id)
        free = any(address.way is not Way.SMS for address in tx.reach.addresses(person_id, client_id))
        if buyer is not None and free and RULES[KIND].topic not in tx.reach.mutes(person_id):
            articles = tx.catalogue.articles(usual, buyer, "uk")
            prices = {article.id: article.price for article in articles if article.price is not None}
            known = tx.known_prices.settled(person_id, client_id)
            tx.known_prices.learn(person_id, client_id, {one: prices[one] for one in prices if one not in known})
            tx.known_prices.forget(person_id, client_id, known.keys() - set(usual))
            _tell(tx, person_id, client_id, _news(known, prices), at)


def _news(known: Mapping[UUID, Known], prices: Mapping[UUID, Money]) -> dict[UUID, Money]:
    """What has moved, but for what a notice on its way tells of already."""
    return {
        article_id: price
        for article_id, price in prices.items()
        if (one := known.get(article_id)) and not one.on_its_way and moved(one.price, price)
    }


def _tell(tx: Tx, person_id: UUID, client_id: UUID, news: Mapping[UUID, Money], at: datetime) -> None:
    """In the notice that has not left yet, or in one of today; today's that has left leaves the rest to tomorrow."""
    if not news:
        return
    notice = Notice(KIND, str(client_id), f"{at.astimezone(KYIV):%Y-%m-%d}")
    dispatch = tx.dispatches.open(person_id, client_id, KIND) or tell_person(tx, person_id, client_id, notice, at)
    if dispatch is not None:
        tx.known_prices.tell(dispatch, person_id, client_id, news)
