"""Which lines of a statement the book of record has loaded itself."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from bot.domain.accounting import BankReceipt
from bot.domain.bank import StatementLine

NEAR = timedelta(days=3)
"""Where numbers do not tell, a document so far from the line is another payment."""


def twins(
    lines: Mapping[int, tuple[StatementLine, Collection[str]]],
    receipts: Iterable[BankReceipt],
    claimed: Collection[str],
) -> dict[int, BankReceipt]:
    """By line, the document that is the same payment; each document for one line. Ours and claimed ones are nobody's.

    A line comes with the ids that its payer, by the code, has in the book of record.
    """
    free = [one for one in receipts if not (one.ours or one.marked or one.link.ref in claimed)]
    found: dict[int, BankReceipt] = {}
    for surely in (True, False):
        for number, (line, clients) in lines.items():
            if number in found:
                continue
            same = [one for one in free if _same(line, clients, one, surely=surely)]
            if same:
                nearest = min(same, key=lambda one: (abs(one.day - line.booked_on), one.link.ref))
                found[number] = nearest
                free.remove(nearest)
    return found


def _same(line: StatementLine, clients: Collection[str], one: BankReceipt, *, surely: bool) -> bool:
    """Surely: the number of the payment order too."""
    if one.amount != line.amount or abs(one.day - line.booked_on) > NEAR:
        return False
    numbered = bool(line.number) and line.number.lstrip("0") == one.number.lstrip("0")
    if surely:
        return numbered and (not clients or one.client in clients)
    return one.client in clients and not (line.number and one.number)
