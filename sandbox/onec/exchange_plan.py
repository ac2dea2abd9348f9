"""The change feed of an exchange plan: what changed since the node's last confirmation, whole objects in Atom."""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from sandbox.onec import atom
from sandbox.onec.answers import UPDATED, XML_TYPE, Answer
from sandbox.onec.configuration import Entity
from sandbox.onec.errors import ODataError, no_instance
from sandbox.onec.infobase import Base
from sandbox.onec.query.select import selection
from sandbox.onec.things import Named
from sandbox.onec.views import set_view

_POINT = re.compile(r"'?.*?(ExchangePlan_\w+)\(guid'([0-9a-fA-F-]{36})'\)'?")


@dataclass(slots=True)
class ExchangePlan:
    """`confirmed` is the last event that a node has taken, `sent` the last one of each message not yet confirmed."""

    base: Base
    confirmed: dict[str, int] = field(default_factory=dict)
    sent: dict[tuple[str, int], int] = field(default_factory=dict)

    def clear(self) -> None:
        self.confirmed.clear()
        self.sent.clear()

    def answer(self, name: str, method: str, given: dict[str, str], root: str) -> Answer:
        """SelectChanges or NotifyChangesReceived. Raises ODataError."""
        if method != "POST":
            raise ODataError(405, 19, f'Метод "{name}" вызывается только через POST.')
        node, number = self._node(given), self._number(given)
        if name == "NotifyChangesReceived":
            self._received(node, number)
            return Answer()
        return self._changes(node, number, root)

    def _node(self, given: dict[str, str]) -> Named:
        match = _POINT.fullmatch(given.get("DataExchangePoint", ""))
        if match is None:
            raise ODataError(400, 12, "Не задан параметр DataExchangePoint.")
        node = self.base.items.get(match[1], {}).get(match[2].lower())
        if node is None or node.extra.get("ThisNode"):
            raise no_instance(match[1])
        return node

    def _number(self, given: dict[str, str]) -> int:
        text = given.get("MessageNo", "")
        if not text.isdecimal() or len(text) > 15:
            raise ODataError(400, 12, "Не задан параметр MessageNo.")
        return int(text)

    def _received(self, node: Named, number: int) -> None:
        """Forgets the changes of that message and those before it."""
        taken = [(key, last) for key, last in self.sent.items() if key[0] == node.ref and key[1] <= number]
        for key, last in taken:
            self.confirmed[node.ref] = max(self.confirmed.get(node.ref, 0), last)
            del self.sent[key]
        node.extra["ReceivedNo"] = max(int(node.extra.get("ReceivedNo", 0)), number)

    def _changes(self, node: Named, number: int, root: str) -> Answer:
        """A repeated number gives the old set and what came after it."""
        changes = self.base.world.changes
        self.sent[node.ref, number] = changes.last_id
        node.extra["SentNo"] = max(int(node.extra.get("SentNo", 0)), number)
        latest = {one.ref: one for one in changes.after(self.confirmed.get(node.ref, 0)) if one.by != "exchange"}
        entries = "".join(self._entry(one.kind, one.ref, root) for one in latest.values())
        body = f'<?xml version="1.0" encoding="UTF-8"?><feed {atom.SPACES}><id>{root}SelectChanges</id>'
        return Answer(body=f"{body}<updated>{UPDATED}</updated>{entries}</feed>", content_type=XML_TYPE)

    def _entry(self, kind: str, ref: str, root: str) -> str:
        for entity in self.base.configuration.entities.values():
            row = self.base.find(entity, ref) if entity.source == kind and entity.is_object else None
            if row is not None:
                return self._whole(entity, row, root)
        name = self.base.configuration.entity_of(kind)
        if not name or self.base.world.find(ref) is not None:
            return ""
        address = escape(f"{root}{name}(guid'{ref}')")
        return f'<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="{address}" when="{UPDATED}"/>'

    def _whole(self, entity: Entity, row: object, root: str) -> str:
        view = set_view(self.base, entity)
        return atom.inner_entry(
            root, entity.name, selection(self.base, view, "", "", "nometadata").json_of(row), UPDATED
        )
