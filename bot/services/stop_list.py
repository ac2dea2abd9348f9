"""The stop list: phones and mailboxes that nothing is sent to, because somebody asked for that."""

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import Way
from bot.domain.requisites import phone
from bot.ports import Clock


class StopList:
    """A phone or a mailbox as people write it; a mailbox in every spelling we know it by."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def stop(self, written: str) -> None:
        """Nothing is sent to this phone or mailbox any more. Raises ValueError."""
        way, address = contact(written)

        def stop(tx: Tx) -> None:
            for spelling in _spellings(tx, way, address):
                tx.reach.stop(way, spelling, "asked", self._now())

        await self._books.write(stop)

    async def resume(self, written: str) -> bool:
        """It may be written to again; false where it was not stopped. Raises ValueError."""
        way, address = contact(written)
        return await self._books.write(
            lambda tx: True in [tx.reach.resume(way, spelling) for spelling in _spellings(tx, way, address)]
        )


def contact(written: str) -> tuple[Way, str]:
    """A phone or a mailbox as people write it. Raises ValueError."""
    if "@" in written:
        return Way.MAIL, written.strip()
    return Way.SMS, phone(written)


def _spellings(tx: Tx, way: Way, address: str) -> list[str]:
    return tx.reach.spellings(address) if way is Way.MAIL else [address]
