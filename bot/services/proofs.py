"""Payment orders that clients sent: brought from the messenger they came by, for whoever looks at them."""

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.errors import OutsideError
from bot.domain.promises import Proof
from bot.logs import log
from bot.services.papers import Made, Papers
from bot.services.private_files import name_of

LARGEST = 20 * 1024 * 1024
"""Bytes: as much as Telegram gives a bot."""
Fetch = Callable[[str, int], Awaitable[bytes]]
"""What somebody sent, by its ref, up to so many bytes. Raises Unavailable, Rejected, Ambiguous."""
logger = log("proofs")


class Proofs:
    """Kept privately for a day, as every file of ours."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._fetch: dict[str, Fetch] = {}

    def connect(self, fetch: Mapping[str, Fetch]) -> None:
        """Once the messengers are there: how each brings a file, by channel."""
        self._fetch.update(fetch)

    async def bring(self, proof: Proof) -> Made | None:
        """None where it cannot be had any more: that it was sent is known all the same."""
        fetch = self._fetch.get(proof.channel)
        if fetch is None:
            return None
        try:
            content = await fetch(proof.ref, LARGEST)
            return await self._papers.keep(name_of(proof.kind, proof.name), content)
        except OutsideError as error:
            logger.warning("a payment order was not brought", channel=proof.channel, code=error.code)
            return None
