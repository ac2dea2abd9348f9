"""Everything the service remembers of one company and its documents, and the journal of what happened."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.clock import Clock
from sandbox.vchasno import statuses
from sandbox.vchasno.certificates import Authority
from sandbox.vchasno.company import Company
from sandbox.vchasno.document import OWNER, RECIPIENT, Document
from sandbox.vchasno.faults import Faults
from sandbox.vchasno.invitations import Session, SharedLink
from sandbox.vchasno.post import Post
from sandbox.vchasno.refusal import not_found
from sandbox.vchasno.settings import Settings, Tariff

KYIV = ZoneInfo("Europe/Kyiv")
MOST = 20_000
KEPT = 1000
Json = dict[str, Any]


class Office:
    """One company with its token; `now` gives seconds since the epoch."""

    def __init__(self, token: str, own: Company, now: Callable[[], float]) -> None:
        self.token, self.own = token, own
        self.clock = Clock(now)
        self.authority = Authority(self.moment())
        self.life = 0
        self.changed = asyncio.Event()
        self.base = ""
        self.faults, self.post = Faults(), Post()
        self._numbers = itertools.count(1)
        self._orders = itertools.count(1)
        self.calls: deque[Json] = deque(maxlen=KEPT)
        self.journal: deque[tuple[int, Json]] = deque(maxlen=KEPT)
        self._forget()

    def _forget(self) -> None:
        self.settings, self.tariff = Settings(), Tariff()
        self.companies: dict[str, Company] = {self.own.edrpou: self.own}
        self.documents: dict[str, Document] = {}
        self.sessions: dict[str, Session] = {}
        self.links: dict[str, SharedLink] = {}
        self.due: dict[str, float] = {}

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.clock.time(), KYIV)

    def wake(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    def reset(self) -> None:
        """No documents, real time, no troubles; who is registered and where letters go is forgotten too."""
        self._forget()
        self.clock.reset()
        self.faults.clear()
        self.post.letters.clear()
        self.post.name_server("")
        self.calls.clear()
        self.journal.clear()
        self.life += 1
        self.wake()

    def add(self, document: Document) -> None:
        self.documents[document.id] = document
        while len(self.documents) > MOST:
            del self.documents[next(iter(self.documents))]
        self.touch(document)

    def next_order(self) -> int:
        return next(self._orders)

    def document(self, id: str) -> Document:
        """Raises Refused 404."""
        found = self.documents.get(id)
        if found is None:
            raise not_found()
        return found

    def company(self, edrpou: str) -> Company:
        """One never heard of is known by its code alone, and not registered."""
        return self.companies.get(edrpou) or Company(edrpou)

    def touch(self, document: Document) -> None:
        """It has changed: lists and whoever watches will see, and the director may have work."""
        document.changed, document.processed, document.has_changed = self.moment(), False, True
        self.expect_director(document)
        self.tell({"type": "document", "document": self.shown(document)})

    def expect_director(self, document: Document) -> None:
        """The director does it in a while, where that is set and the turn is theirs."""
        if self.settings.director != "by_hand" and self.is_directors(document):
            self.due.setdefault(document.id, self.clock.time() + self.settings.director_after)
        else:
            self.due.pop(document.id, None)

    def drop(self, document: Document) -> None:
        """Deleted: from now on nobody finds it."""
        self.documents.pop(document.id, None)
        self.due.pop(document.id, None)
        self.tell({"type": "deleted", "id": document.id})

    def tell(self, event: Json) -> None:
        self.journal.append((next(self._numbers), event))
        self.wake()

    def after(self, number: int) -> Iterator[tuple[int, Json]]:
        return (one for one in list(self.journal) if one[0] > number)

    def last_number(self) -> int:
        return self.journal[-1][0] if self.journal else 0

    def shown(self, document: Document) -> Json:
        """As the cabinet shows it: all there is."""
        named = document.recipient
        turn = statuses.WITH_CLIENT if document.status != statuses.FLOW else frozenset({statuses.FLOW})
        return document.view(self.base) | {
            "file": f"app/documents/{document.id}/file",
            "page": f"app/documents/{document.id}",
            "recipients": [one.view() for one in document.recipients],
            "recipient_name": self.company(named.edrpou).name if named else "",
            "signed": [one.view() | {"side": one.side} for one in document.signatures],
            "comments": [one.view() for one in document.comments],
            "delete_requests": [one.view(document.id) for one in document.delete_requests],
            "owner_turn": self.is_directors(document),
            "client_turn": document.status in turn and bool(document.left()),
        }

    def is_directors(self, document: Document) -> bool:
        """Whether the owner's signature is what it waits for."""
        if document.count(OWNER) >= document.expected_owner:
            return False
        if document.status == statuses.READY:
            return document.first_sign_by == OWNER
        return document.status == statuses.OWNER_SIGNS and (
            document.first_sign_by == OWNER or document.count(RECIPIENT) > 0
        )
