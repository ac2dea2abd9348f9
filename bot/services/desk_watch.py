"""What the staff desk does by the clock: waits said again, silent talks, old cards, notices that reached nobody."""

from datetime import datetime, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.desk import TalkView
from bot.domain.desk_jobs import Post, Spoken, card_job, post_job, say_job
from bot.domain.job import Run
from bot.ports import Clock
from bot.services.desk import StaffDesk
from bot.services.desk_card import card_facts
from bot.services.untold import tell_untold

CARD_EVERY = timedelta(minutes=1)
ACTIVE = timedelta(days=1)
OTHERS = 20
"""Cards of topics where nothing is said that are looked at in one round."""


class DeskWatch:
    """The job of every minute."""

    def __init__(self, books: Books, desk: StaffDesk, now: Clock) -> None:
        self._books = books
        self._desk = desk
        self._rules = desk.rules
        self._now = now

    async def run(self, _: Run) -> None:
        now = self._now()
        await self._books.write(self._hand_back, now)
        await self._books.write(self._remind, now)
        await self._books.write(tell_untold, self._desk, now)
        await self._books.write(self._cards, now)

    def _hand_back(self, tx: Tx, now: datetime) -> None:
        for talk in tx.desk.silent(now - self._rules.silence):
            if tx.desk.handed_back(talk.channel, talk.external_id, talk.taken_by):
                key = talk.last_at.isoformat()
                tx.jobs.add(say_job(talk.channel, talk.external_id, Spoken.HANDED_BACK, key, talk.taken_name))
                tx.jobs.add(post_job(talk.topic_id, Post.HANDED_BACK, f"{talk.channel}:{talk.external_id}:{key}"))

    def _remind(self, tx: Tx, now: datetime) -> None:
        work = self._rules.work
        for talk, asked_again, escalated in tx.desk.waiting():
            assert talk.waiting_since is not None
            if asked_again is None and work.later(talk.waiting_since, self._rules.asks_again) <= now:
                _say(tx, talk, Post.WAITS, now)
            if escalated is None and work.later(talk.waiting_since, self._rules.escalates) <= now:
                _say(tx, talk, Post.ESCALATED, now)

    def _cards(self, tx: Tx, now: datetime) -> None:
        topics = tx.desk.follow_names(tx.desk.to_check(now - ACTIVE, now - CARD_EVERY, others=OTHERS))
        for topic in topics:
            if card_facts(tx, topic, now).digest != topic.card_shown:
                tx.jobs.add(card_job(topic.id, topic.card_shown, now))
        tx.desk.checked([topic.id for topic in topics], now)


def _say(tx: Tx, talk: TalkView, post: Post, now: datetime) -> None:
    assert talk.waiting_since is not None
    tx.desk.reminded(talk, everybody=post is Post.ESCALATED, at=now)
    since = talk.waiting_since.isoformat()
    said = {"since": since, "channel": talk.channel, "to": talk.external_id}
    tx.jobs.add(post_job(talk.topic_id, post, f"{talk.channel}:{talk.external_id}:{since}", said=said))
