"""Everything the background does with envelopes, put together once."""

from dataclasses import dataclass

from bot.db.books import Books
from bot.domain.envelope import EnvelopeRules
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.ports.signing import ReadContainer, Signing
from bot.services.envelopes.filling import Filler, Filling
from bot.services.envelopes.following import Following
from bot.services.envelopes.keeping import Keeping
from bot.services.envelopes.reminding import Reminding
from bot.services.envelopes.sending import Sending
from bot.services.kept_files import KeptFiles


@dataclass(frozen=True, slots=True)
class EnvelopeJobs:
    """The handlers' homes, and the service they speak with."""

    signing: Signing
    filling: Filling
    sending: Sending
    following: Following
    keeping: Keeping
    reminding: Reminding


def envelope_jobs(
    books: Books,
    signing: Signing,
    filler: Filler,
    read: ReadContainer,
    files: KeptFiles,
    rules: EnvelopeRules,
    work: Workdays,
    now: Clock,
    *,
    ours: str,
) -> EnvelopeJobs:
    """`ours` is the wholesaler's own EDRPOU or RNOKPP."""
    following = Following(books, signing, rules, now)
    return EnvelopeJobs(
        signing,
        Filling(books, filler, files, rules, work, now),
        Sending(books, signing, following, files, now),
        following,
        Keeping(books, signing, read, files, ours, now),
        Reminding(books, rules, work, now),
    )
