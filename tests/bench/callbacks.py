"""Callbacks of a gateway under fire: nothing of the money is lost, nothing is doubled, nothing forged has an effect.

`python -m tests.bench.callbacks [callbacks]`. So many callbacks come: those of paid attempts, three in ten of them
repeated, and one forged for every twenty, shuffled, from several clients at once, each sent again until it is
accepted, while the product is killed twice and started again. Every attempt must end up in the books once and in 1C as
one document, and tell its payer once. Then callbacks come one by one, four a second: how long until the document is in
1C. The reference is a bare aiohttp handler that checks the signature, answers, and keeps nothing:
`python -m tests.bench.callbacks --bare` serves it.

The orders are past ones, so that nothing but payments goes to 1C. The notices take longer than the money: they leave
at the pace of Telegram.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import aiohttp
import httpx
from aiohttp import web

from sandbox.wayforpay.signature import ACK, STATE, is_signed, sign
from sandbox.wayforpay.wire import read, write
from tests.bench.firm import ACCOUNT, PASSWORD, SECRET, USER, Firm, Measures, child, opened, serve
from tests.bench.paying import SUM, Post, attempts, forge, now, pay, settle_in

CALLBACKS = 10_000
REPEATED, FORGED = 0.30, 0.05
CLIENTS = 16
ONE_BY_ONE = 100
PER_SECOND = 4.0
IN_HAND = 8
"""Notices to Telegram that are under way at once: so many may be unsure after a death, and no more."""
PATIENCE = 7200.0
TARGET = "ms (target 2000)"
CALLBACK = "/wayforpay/callback"
PAYMENT = "Document_ОплатаОтПокупателяПлатежнойКартой"


# --- sending ----------------------------------------------------------------------------------------------------------


class Senders:
    """Several clients, as the gateway is: whatever is not accepted comes again."""

    def __init__(self, address: str, posts: list[Post]) -> None:
        self._address = f"{address}{CALLBACK}"
        self._posts = list(reversed(posts))
        self._began = time.perf_counter()
        self.done = 0
        self.again = 0
        self.passed = 0

    async def run(self) -> float:
        """Seconds until the last one was answered."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http:
            await asyncio.gather(*(self._send(http) for _ in range(CLIENTS)))
        return time.perf_counter() - self._began

    def rate(self) -> float:
        return self.done / (time.perf_counter() - self._began)

    async def _send(self, http: aiohttp.ClientSession) -> None:
        while self._posts:
            post = self._posts.pop()
            while (status := await answered(http, self._address, post)) not in (200, 403):
                self.again += 1
                await asyncio.sleep(0.5)
            assert post.forged or status == 200, "a true callback was refused"
            self.passed += post.forged and status == 200
            self.done += 1


async def answered(http: aiohttp.ClientSession, address: str, post: Post) -> int:
    """The status; 0 where there was no answer, or no acceptance in it."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        async with http.post(address, data=post.raw, headers=headers) as answer:
            told = await answer.read()
    except (aiohttp.ClientError, OSError, TimeoutError):
        return 0
    if answer.status != 200:
        return answer.status
    said = read(told)
    accepted = said["status"] == "accept" and said["orderReference"] == post.reference
    return 200 if accepted and is_signed(SECRET, said, ACK, said["signature"]) else 0


async def storm(firm: Firm, posts: list[Post]) -> tuple[Senders, float]:
    """All of them, with two deaths on the way; callbacks a second until the first death."""
    senders = Senders(firm.here, posts)
    running = asyncio.create_task(senders.run())
    rate = 0.0
    for part in (1, 2):
        while senders.done < len(posts) * part // 3:  # noqa: ASYNC110 tells of a count, not of an event
            await asyncio.sleep(0.01)
        rate = rate or senders.rate()
        await firm.kill()
        await firm.start()
    await running
    return senders, rate


async def one_by_one(address: str, posts: list[Post]) -> tuple[dict[str, datetime], list[float]]:
    """When each was sent, and the seconds of its answer."""
    sent, took = {}, []
    async with aiohttp.ClientSession() as http:
        for post in posts:
            sent[post.reference], began = now(), time.perf_counter()
            assert await answered(http, f"{address}{CALLBACK}", post) == 200
            took.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, 1 / PER_SECOND - took[-1]))
    return sent, took


# --- what became of it ------------------------------------------------------------------------------------------------


async def settled(firm: Firm, count: int) -> float:
    """Seconds until every payment is in 1C."""

    async def is_there() -> bool:
        return bool(firm.rows("SELECT count(*) FROM payment_documents")[0][0] >= count)

    return await firm.until(is_there, PATIENCE)


async def told(firm: Firm) -> float:
    """Seconds until no notice is on its way any more."""

    async def all_told() -> bool:
        left = "SELECT count(*) FROM dispatches WHERE state IN ('queued', 'sending')"
        return (
            not firm.rows(left)[0][0] and not firm.rows("SELECT count(*) FROM jobs WHERE name = 'check_payment'")[0][0]
        )

    return await firm.until(all_told, PATIENCE)


async def check(firm: Firm, paid: list[str], unpaid: list[str], deaths: int) -> int:
    """Fails where anything is lost, doubled or moved by a forged callback; the notices nobody is sure of."""
    noted = firm.rows("SELECT reference, amount FROM payment_events WHERE outcome = 'paid'")
    assert sorted(row[0] for row in noted) == sorted(paid), "the books"
    assert {row[1] for row in noted} == {int(SUM * 100)}, "the sums in the books"
    assert Counter(await _documents(firm)) == Counter(paid), "the documents in 1C"
    marks = "SELECT count(*) FROM pay_attempts WHERE stirred_at IS NOT NULL AND reference = ?"
    assert not any(firm.rows(marks, reference)[0][0] for reference in unpaid), "a forged callback"
    unsure = _check_notices(firm, {reference[:8] for reference in paid})
    assert unsure <= IN_HAND * deaths, "more are unsure than were in hand"
    return unsure


def _check_notices(firm: Firm, paid: set[str]) -> int:
    """Whoever of the payers has a chat is told of each payment once; how many may not have it."""
    rows = firm.rows(
        "SELECT o.number, d.address, d.state FROM dispatches d JOIN orders o"
        " ON o.id IN (d.about, replace(d.about, '-', '')) WHERE d.way = 'telegram'"
    )
    wanted = Counter((number, chat) for number, chat, _ in rows)
    assert {number for number, _ in wanted} == paid and set(wanted.values()) == {1}, "one notice for each payment"
    assert {state for _, _, state in rows} <= {"sent", "unsure"}, "notices that stick"
    unsure = {(number, chat) for number, chat, state in rows if state == "unsure"}
    heard = Counter(_numbers(firm))
    assert set(heard.values()) == {1}, "a notice that came twice"
    assert wanted.keys() - unsure <= heard.keys() <= wanted.keys(), "a notice that never came"
    return len(unsure)


async def _documents(firm: Firm) -> list[str]:
    """The references that 1C's documents carry."""
    found: list[str] = []
    auth = httpx.BasicAuth(USER.encode(), PASSWORD.encode())
    while True:
        query = f"$format=json&$select=Ref_Key,Комментарий&$orderby=Ref_Key&$top=1000&$skip={len(found)}"
        url = f"{firm.onec}/base/odata/standard.odata/{PAYMENT}?{query}"
        rows = (await firm.http.get(url, auth=auth)).raise_for_status().json()["value"]
        found += [row["Комментарий"] for row in rows]
        if len(rows) < 1000:
            return [words.split()[1] for words in found if words.startswith("Комора ")]


def _numbers(firm: Firm) -> list[tuple[str, str]]:
    """The orders that payers were told of, and where."""
    said = [
        (str(chat.id), str(message.wire.get("text", "")))
        for chat in firm.telegram.chats.values() for message in chat.messages.values()
    ]  # fmt: skip
    return [(words[words.index("K-") :][:8], chat) for chat, words in said if "K-" in words]


# --- the whole --------------------------------------------------------------------------------------------------------


async def measured(count: int) -> Measures:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with opened(Path(folder), trading=True) as firm:
            return await _measured(firm, count)


async def _measured(firm: Firm, count: int) -> Measures:
    draw = random.Random(2026)
    clients = await settle_in(firm)
    paid, unpaid = await attempts(firm, clients, count), await attempts(firm, clients, int(count * FORGED))
    slow = await attempts(firm, clients, min(ONE_BY_ONE, count))
    true = pay(firm, paid)
    posts = [*true, *draw.sample(true, int(count * REPEATED)), *forge(firm, unpaid)]
    draw.shuffle(posts)
    await firm.start()
    began = time.perf_counter()
    senders, rate = await storm(firm, posts)
    await settled(firm, count)
    whole = time.perf_counter() - began
    notices = await told(firm)
    assert not senders.passed, "a forged callback was accepted"
    unsure = await check(firm, paid, unpaid, deaths=2)
    calm = pay(firm, slow)
    sent, took = await one_by_one(firm.here, calm)
    await settled(firm, count + len(slow))
    await told(firm)
    await check(firm, paid + slow, unpaid, deaths=2)
    waits = _waits(firm, sent)
    async with child("tests.bench.callbacks", "--bare") as bare:
        reference = len(posts) / await Senders(bare, posts).run()
        _, bare_took = await one_by_one(bare, calm[:40])
    return [
        (f"callbacks: {len(posts)} of {count} attempts, two deaths: to 1C", whole, "s"),
        ("callbacks: notices after that", notices, "s"),
        ("callbacks: sent again until accepted", senders.again, ""),
        ("callbacks: notices that may have arrived", unsure, f"(at most {2 * IN_HAND})"),
        ("callbacks: refused by Telegram as too many", firm.crowded, ""),
        ("callbacks: accepted or refused, with all that follows", rate, "per s"),
        ("callbacks: a bare handler", reference, "per s"),
        ("callbacks: against the bare handler", rate / reference, "x"),
        ("callback, one by one: its answer, p50", median(took) * 1000, "ms"),
        ("callback, one by one: against the bare handler's", median(took) / median(bare_took), "x"),
        ("callback, one by one: to the document in 1C, p50", median(waits) * 1000, "ms"),
        (
            "callback, one by one: to the document in 1C, p95",
            quantiles(waits, n=20)[-1] * 1000,
            TARGET,
        ),
    ]


def _waits(firm: Firm, sent: dict[str, datetime]) -> list[float]:
    """Seconds from the callback to 1C's word that the document is there."""
    handed = dict(firm.rows("SELECT reference, handed_at FROM payment_documents"))
    return [
        (datetime.fromisoformat(handed[reference]).replace(tzinfo=UTC) - moment).total_seconds()
        for reference, moment in sent.items()
    ]


def bare() -> web.Application:
    async def callback(request: web.Request) -> web.Response:
        fields = read(await request.read())
        if not is_signed(SECRET, fields, STATE, fields["merchantSignature"]) or fields["merchantAccount"] != ACCOUNT:
            return web.Response(status=403)
        answer = {"orderReference": fields["orderReference"], "status": "accept", "time": int(time.time())}
        return web.Response(text=write(answer | {"signature": sign(SECRET, answer, ACK)}))

    app = web.Application()
    app.router.add_post(CALLBACK, callback)
    return app


def run(callbacks: int = 400) -> Measures:
    """(name, value, unit) of every figure."""
    return asyncio.run(measured(round(callbacks / (1 + REPEATED + FORGED))))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        asyncio.run(serve(bare()))
    else:
        for name, value, unit in run(int(sys.argv[1]) if len(sys.argv) > 1 else CALLBACKS):
            print(f"{name:56} {value:12.3f} {unit}", flush=True)  # noqa: T201
