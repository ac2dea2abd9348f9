"""Whose money a line is, and what it is for: candidates by their signs, and the few that need no human."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from bot.domain.allocation import allocate
from bot.domain.bank import StatementLine
from bot.domain.matching.apart import apart
from bot.domain.matching.book import Book, Open, RuleKind
from bot.domain.matching.names import bare
from bot.domain.matching.naming import Meant, meant, picked
from bot.domain.matching.purpose import Purpose, read
from bot.domain.matching.sums import made_of
from bot.domain.matching.verdict import (
    MOST,
    WHO,
    Automatic,
    Candidate,
    Offered,
    SetApart,
    Share,
    Sign,
    Unknown,
    Verdict,
)
from bot.domain.money import Money

EVEN = 1000_00
"""Kopiykas: people pay round sums on account, so such a sum alone does not tell which document it is for."""
EVEN_TOGETHER = 100_00
FAR = timedelta(days=45)
"""A day beside a number that is so far from the document's own means another document."""
Signs = dict[UUID, set[Sign]]


def match(line: StatementLine, book: Book) -> Verdict:
    """Pure, and bounded whatever the purpose says."""
    why = apart(line, book)
    if why is not None:
        return SetApart(why)
    said = read(line.purpose)
    numbers = meant(said, book)
    who = whose(line, said, book)
    candidates = _candidates(line.amount, book, who, numbers)
    if not candidates:
        return Unknown()
    first = candidates[0]
    if certain(line, said, book, who, numbers, first) and _leads(candidates):
        return Automatic(first)
    return Offered(tuple(candidates[:MOST]))


def offers(line: StatementLine, book: Book, clients: Sequence[UUID] = ()) -> list[Candidate]:
    """What somebody may choose of, the best first; of these clients where they are said, on account if need be."""
    said = read(line.purpose)
    found = _candidates(line.amount, book, whose(line, said, book), meant(said, book))
    if not clients:
        return found[:MOST]
    mine = [one for one in found if one.client in clients]
    others = [one for one in clients if one not in {candidate.client for candidate in mine}]
    return [*mine, *(_put(one, line.amount, book.of_client.get(one, []), frozenset()) for one in others)]


def whose(line: StatementLine, said: Purpose, book: Book) -> Signs:
    """Every client that something points to, apart from documents and sums."""
    found: Signs = defaultdict(set)

    def point(sign: Sign, clients: Iterable[UUID]) -> None:
        for client in clients:
            found[client].add(sign)

    name = bare(line.payer)
    if line.payer_code:
        point(Sign.CODE, book.by_code.get(line.payer_code, ()))
        point(Sign.RULE, book.by_rule.get((RuleKind.CODE, line.payer_code), ()))
    if line.payer_account:
        point(Sign.ACCOUNT, book.by_account.get(line.payer_account, ()))
        point(Sign.RULE, book.by_rule.get((RuleKind.ACCOUNT, line.payer_account), ()))
    if name:
        point(Sign.NAME, book.by_name.get(name, ()))
        point(Sign.RULE, book.by_rule.get((RuleKind.NAME, name), ()))
    for code in said.codes - {line.payer_code}:
        point(Sign.NAMED, book.by_code.get(code, ()))
    text = f" {bare(said.plain)} "
    point(
        Sign.NAMED, (one for named, clients in book.distinct_names.items() if f" {named} " in text for one in clients)
    )
    return dict(found)


def certain(
    line: StatementLine, said: Purpose, book: Book, who: Signs, numbers: Sequence[Meant], first: Candidate
) -> bool:
    """Whether two independent signs agree on this candidate and nothing contradicts."""
    if not first.whole or said.back or not first.signs & {Sign.AMOUNT, Sign.SUM}:
        return False
    payers = {client for client, signs in who.items() if signs & WHO}
    if payers - {first.client} and not _same_code_only(payers, who, first, numbers):
        return False
    unmet = [one for one in numbers if one.named.marked and not one.of(first.client)]
    if any(one.opens for one in unmet) or any(one.opens and not one.of(first.client) for one in numbers):
        return False  # it names a document of somebody else
    if Sign.NUMBER in first.signs:
        return (
            _all_put(numbers, first) and not (unmet and not payers) and _surely_named(line, book, who, numbers, first)
        )
    return bool(payers) and not numbers and not said.partly and _telling_sum(book, first)


def _all_put(numbers: Sequence[Meant], first: Candidate) -> bool:
    """Every number that means a document of this client has its share."""
    chosen = {id(one.open) for one in first.shares}
    return all(chosen & {id(one) for one in mine} for number in numbers if (mine := number.of(first.client)))


def _same_code_only(payers: set[UUID], who: Signs, first: Candidate, numbers: Sequence[Meant]) -> bool:
    """Two clients under one code: a number tells which of them."""
    alike = first.client in payers and all(Sign.CODE in who[client] for client in payers)
    others = payers - {first.client}
    return alike and Sign.NUMBER in first.signs and not any(one.of(other) for one in numbers for other in others)


def _surely_named(line: StatementLine, book: Book, who: Signs, numbers: Sequence[Meant], first: Candidate) -> bool:
    """Number and sum agree. Without a payer whom we know, the number must mean nobody else, and nobody else pay."""
    if any(signs & WHO for signs in who.values()):
        return True
    if any(_far(number, first) for number in numbers):
        return False
    names = {client for client, signs in who.items() if signs & {Sign.NAME, Sign.NAMED}}
    if names - {first.client}:
        return False
    if not names and any({one.client for one in number.opens} != {first.client} for number in numbers):
        return False
    stranger = bool(line.payer_code) and bool(book.payers[first.client].codes)
    return first.client in names or not stranger


def _far(number: Meant, first: Candidate) -> bool:
    day = number.named.dated
    return day is not None and all(abs(one.dated - day) > FAR for one in number.of(first.client))


def _telling_sum(book: Book, first: Candidate) -> bool:
    """The sum alone says which documents: it is not made otherwise, and is not one that people pay on account."""
    opens, kopiykas = book.of_client.get(first.client, []), first.amount.kopiykas
    chosen = [one.open for one in first.shares]
    if Sign.AMOUNT in first.signs:
        if len([one for one in opens if one.rest == first.amount]) > 1 or made_of(first.amount, opens, most=1):
            return False
        return len(opens) == 1 or bool(kopiykas % EVEN)
    if len(made_of(first.amount, opens)) > 1:
        return False
    return chosen == opens[: len(chosen)] or bool(kopiykas % EVEN_TOGETHER)


def _leads(candidates: Sequence[Candidate]) -> bool:
    return len(candidates) == 1 or candidates[0].weight > candidates[1].weight


def _candidates(amount: Money, book: Book, who: Signs, numbers: Sequence[Meant]) -> list[Candidate]:
    exact = book.by_sum.get(amount, [])
    clients = {*who, *(one.client for number in numbers for one in number.opens)}
    alike = {one.client for one in exact}
    if len(alike) <= MOST:
        clients |= alike
    found = [
        candidate
        for client in clients
        if client in book.payers
        for candidate in _of_client(client, amount, book, frozenset(who.get(client, ())), numbers)
    ]
    return sorted(found, key=lambda one: (-one.weight, book.payers[one.client].name, str(one.client)))


def _of_client(
    client: UUID, amount: Money, book: Book, signs: frozenset[Sign], numbers: Sequence[Meant]
) -> list[Candidate]:
    """What the purpose names, and what the sum points to where that is something else."""
    opens = book.of_client.get(client, [])
    chosen = {id(one): one for number in numbers if (one := picked(number, client, amount)) is not None}
    named, found = list(chosen.values()), []
    if named:
        found.append(_put(client, amount, named, signs | {Sign.NUMBER}))
    if not (found and found[0].whole):
        by_sum = _by_sum(client, amount, opens, signs)
        if by_sum is not None and (signs or not named):
            found.append(by_sum)
        elif not found:
            found.append(_put(client, amount, opens, signs))
    return [one for one in found if one.signs]


def _by_sum(client: UUID, amount: Money, opens: Sequence[Open], signs: frozenset[Sign]) -> Candidate | None:
    one = next((one for one in opens if one.rest == amount), None)
    if one is not None:
        return _put(client, amount, [one], signs)
    made = made_of(amount, opens, most=1) if signs else []
    return _put(client, amount, made[0], signs) if made else None


def _put(client: UUID, amount: Money, opens: Sequence[Open], signs: frozenset[Sign]) -> Candidate:
    """As far as it goes, the first first."""
    amounts, _ = allocate(amount, [one.rest for one in opens])
    shares = tuple(Share(one, part) for one, part in zip(opens, amounts, strict=True) if part)
    candidate = Candidate(client, shares, signs, amount)
    if candidate.whole and len(shares) == len(opens):
        return Candidate(client, shares, signs | {Sign.AMOUNT if len(shares) == 1 else Sign.SUM}, amount)
    return candidate
