"""Everything the background does with envelopes, put together once."""

from dataclasses import dataclass

from bot.db.books import Books
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.ports.signing import ReadContainer, Signing
from bot.services.envelopes.allowance import AllowanceWatch
from bot.services.envelopes.desk import EnvelopeDesk
from bot.services.envelopes.filling import Filler, Filling
from bot.services.envelopes.following import Following
from bot.services.envelopes.keeping import Keeping
from bot.services.envelopes.reminding import Reminding
from bot.services.envelopes.sending import Sending
from bot.services.envelopes.starting import Starting


@dataclass(frozen=True, slots=True)
class EnvelopeJobs:
    """The handlers' homes, and the service they speak with."""

    signing: Signing
    filling: Filling
    sending: Sending
    following: Following
    keeping: Keeping
    reminding: Reminding
    starting: Starting
    allowance: AllowanceWatch


def envelope_jobs(
    books: Books,
    signing: Signing,
    filler: Filler,
    read: ReadContainer,
    desk: EnvelopeDesk,
    work: Workdays,
    now: Clock,
    *,
    ours: str,
    texts: bool = False,
) -> EnvelopeJobs:
    """`ours` is the wholesaler's own EDRPOU or RNOKPP; `texts`: text messages can be sent."""
    rules = desk.rules
    files = desk.files
    following = Following(books, signing, rules, now, texts=texts)
    return EnvelopeJobs(
        signing,
        Filling(books, filler, files, rules, work, now),
        Sending(books, signing, following, files, now),
        following,
        Keeping(books, signing, read, files, ours, now),
        Reminding(books, rules, work, now),
        Starting(books, desk, work, now),
        AllowanceWatch(books, signing, now),
    )
