"""What a site has been told already: the last event of the base that went to it, kept in the base itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.onec.changes import Event
from sandbox.onec.things import Order
from sandbox.onec.world import World

_KEY = "Вузол обміну"


@dataclass(frozen=True)
class Node:
    """The exchange with the site at `url`."""

    world: World
    url: str

    def fresh(self, what: str) -> list[Event]:
        """The events since the last exchange of `what` (catalog or sale)."""
        return self.world.changes.after(self._kept().get(self._name(what), 0))

    def sent(self, what: str, last_event: int) -> None:
        self._kept()[self._name(what)] = last_event

    def articles(self, kinds: Iterable[str]) -> list[str]:
        """The articles with a fresh event of one of the kinds, in the order of their first change."""
        wanted = set(kinds)
        return list(dict.fromkeys(event.ref for event in self.fresh("catalog") if event.kind in wanted))

    def orders(self, *, only_changes: bool) -> list[Order]:
        """The orders to tell about: changed ones, or else all that came from a site or were touched at all."""
        events = self.fresh("sale") if only_changes else self.world.changes.after(0)
        touched = {event.ref for event in events if event.kind == "order"}
        touched |= {self.world.shipments[event.ref].order for event in events if event.ref in self.world.shipments}
        every = self.world.orders.values()
        return [one for one in every if one.ref in touched or (one.from_site and not only_changes)]

    def _name(self, what: str) -> str:
        return f"{what} {self.url}"

    def _kept(self) -> dict[str, int]:
        """Lives and dies with the base: it lies beside the organisation, out of any configuration's sight."""
        for organisation in self.world.organisations.values():
            kept: dict[str, int] = organisation.extra.setdefault(_KEY, {})
            return kept
        return {}
