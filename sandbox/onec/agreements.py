"""Contracts as the control side shows them: with what the client's card says of them."""

from typing import Any

from sandbox.onec.journal import SHOWN, money
from sandbox.onec.things import Contract, Thing
from sandbox.onec.world import World

SIGNED = "Підписано"
"""What a comment says of a contract that both sides have signed."""
Json = dict[str, Any]


def contracts(world: World) -> list[Json]:
    """Those that were written last first."""
    chosen = sorted(world.contracts.values(), key=lambda one: one.version, reverse=True)
    return [contract(world, one) for one in chosen[:SHOWN]]


def contract(world: World, one: Contract) -> Json:
    """One contract, with the comment of its client's card; money is text."""
    client = world.counterparties.get(one.owner)
    price_type = world.price_types.get(one.price_type)
    return {
        "kind": one.KIND, "ref": one.ref, "number": one.number, "name": one.name,
        "date": one.date.isoformat(timespec="seconds") if one.date else "",
        "until": one.until.isoformat(timespec="seconds") if one.until else "",
        "counterparty": client.name if client else "", "counterparty_ref": one.owner,
        "main": client is not None and client.contract == one.ref, "marked": one.marked,
        "signed": one.signed or SIGNED in one.comment, "comment": one.comment, "from_site": one.from_site,
        "price_type": price_type.name if price_type else "", "payment_days": one.payment_days,
        "credit_limit": money(one.credit_limit), "card": client.comment if client else "",
    }  # fmt: skip


def touched(world: World, thing: Thing | None) -> list[Json]:
    """The contracts that look otherwise once this object was written: itself, or those of a client."""
    if thing is None:
        return []
    return [contract(world, one) for one in world.contracts.values() if thing.ref in (one.ref, one.owner)]
