"""Debts as what a pay link is for."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from bot.db.pay_links import TargetRow
from bot.domain.allocation import Target, allocate
from bot.domain.errors import Outdated
from bot.domain.money import Money, total
from bot.domain.receivable import Debt


def parts_of(sum_: Money, debts: Sequence[Debt]) -> list[TargetRow]:
    """The sum shared out among the debts, as they stand."""
    parts, _ = allocate(sum_, [debt.rest for debt in debts])
    return [debt_target(debt, part) for debt, part in zip(debts, parts, strict=True) if part]


def as_seen(debts: Sequence[Debt], kopiykas: int) -> list[TargetRow]:
    """Raises Outdated where they are not what was seen."""
    if not debts or total(tuple(debt.rest for debt in debts)).kopiykas != kopiykas:
        raise Outdated("balance")
    return [debt_target(debt, debt.rest) for debt in debts]


def debt_target(debt: Debt, asked: Money) -> TargetRow:
    """A debt that is an order of ours is that order: whichever way it is paid, it is not asked for twice."""
    if debt.itself:
        return TargetRow(Target(debt.order_id, None, asked), "order", debt.order_number)
    return TargetRow(Target(debt.order_id, debt.document, asked), debt.kind, debt.number, debt.dated)


def parts_key(client_id: UUID, targets: Sequence[TargetRow]) -> str:
    """The same for the same sums of the same documents."""
    said = ";".join(f"{row.target.order_id}:{row.target.document}:{row.target.asked}" for row in targets)
    return f"parts:{client_id.hex}:{sha256(said.encode()).hexdigest()[:32]}"
