"""What of a transfer is to go back: money leaves from the bank, here it is noted, kept apart, and ticked off."""

from bot.db.bank import LineRow
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.bank import UNIDENTIFIED, Apart, LineState, ReturnState
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.money import ZERO, Money
from bot.ports import Clock
from bot.services.bank.book import divisible
from bot.services.bank.views import RETURNABLE
from bot.services.money_moves import Who

REASON = 200


class Returning:
    """Every step with who made it; what was noted wrongly is called off."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def ask(self, number: int, amount: Money, reason: str, who: Who) -> None:
        """This much of a line is divided no more.

        Raises NotFound, Outdated; Refused: no_reason, not_positive, more_than_free.
        """
        if not reason.strip():
            raise Refused("no_reason")
        if amount <= ZERO:
            raise Refused("not_positive")

        def ask(tx: Tx) -> None:
            row, by = _locked(tx, number), (who.name, who.account)
            standing = [one for one in tx.bank_returns.of_line(number) if one.state is ReturnState.OPEN]
            if row.state not in RETURNABLE or standing:
                raise Outdated("bank line")
            parts = sum((one.part.amount for one in tx.bank_money.parts(number)), ZERO)
            free = divisible(tx, row).amount - parts
            if amount > free:
                raise Refused("more_than_free", limit=free)
            tx.bank_returns.ask(number, amount, reason.strip()[:REASON], self._now(), by)
            if amount == free and row.state in UNIDENTIFIED:
                tx.bank.decide(row, LineState.IGNORED, self._now(), by=by, apart=Apart.TO_RETURN.value)

        await self._books.write(ask)

    async def done(self, number: int, position: int, who: Who) -> None:
        """The money has left. Raises NotFound; Outdated where that is known, or it was called off."""

        def done(tx: Tx) -> None:
            _locked(tx, number)
            self._move(tx, (number, position), ReturnState.OPEN, ReturnState.RETURNED, who)

        await self._books.write(done)

    async def undo(self, number: int, position: int, was: ReturnState, who: Who) -> None:
        """What is said to have left has not; what is still to leave stays, and may be divided.

        Raises NotFound; Outdated where it is not as it was seen, or something else is to leave meanwhile.
        """

        def undo(tx: Tx) -> None:
            row = _locked(tx, number)
            if was is ReturnState.RETURNED:
                if any(one.state is ReturnState.OPEN for one in tx.bank_returns.of_line(number)):
                    raise Outdated("bank line")
                self._move(tx, (number, position), was, ReturnState.OPEN, who)
                return
            self._move(tx, (number, position), ReturnState.OPEN, ReturnState.CALLED_OFF, who)
            if row.apart == Apart.TO_RETURN:
                tx.bank.decide(row, LineState.UNDONE, self._now(), by=(who.name, who.account), detail=row.apart)

        await self._books.write(undo)

    def _move(self, tx: Tx, which: tuple[int, int], was: ReturnState, to: ReturnState, who: Who) -> None:
        if not tx.bank_returns.move(*which, was, to, self._now(), (who.name, who.account)):
            raise Outdated("bank line")


def _locked(tx: Tx, number: int) -> LineRow:
    row = tx.bank.line(number, lock=True)
    if row is None:
        raise NotFound("bank line")
    return row
