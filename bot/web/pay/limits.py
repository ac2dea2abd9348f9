"""How often one caller may knock; kept in memory, and never more than so many callers."""

import ipaddress
from collections import OrderedDict

from aiohttp import web

from bot.incoming import LONGEST, sender
from bot.ports import Clock

REMEMBERED = 4096


class Limit:
    """`most` requests at once, and then as many in a minute, for each key."""

    def __init__(self, most: int, now: Clock, remembered: int = REMEMBERED) -> None:
        self._most = most
        self._now = now
        self._remembered = remembered
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Counts this request; a refused one costs nothing, so that waiting always helps."""
        moment = self._now().timestamp()
        spent = self._left_of(key, moment)
        self._spent.pop(key, None)
        allowed = spent + 1 <= self._most
        self._spent[key] = (spent + allowed, moment)
        if len(self._spent) > self._remembered:
            self._spent.popitem(last=False)
        return allowed

    def exhausted(self, key: str) -> bool:
        """Whether the next one would be refused; counts nothing."""
        return self._left_of(key, self._now().timestamp()) + 1 > self._most

    def _left_of(self, key: str, moment: float) -> float:
        spent, since = self._spent.get(key, (0.0, moment))
        return max(0.0, spent - max(0.0, moment - since) * self._most / 60)


def caller(request: web.Request) -> str:
    """Whose request it is: its address; of IPv6, the network."""
    remote = sender(request)
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        return remote[:LONGEST]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address.packed, 64), strict=False))
