"""`main.py staff` and `main.py audit`: who of the staff may do what, and what each did."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.desk import Role
from bot.process import CannotStart

if TYPE_CHECKING:
    from bot.db.books import Books
    from bot.db.staff import Act, Member

ROLES = {Role.WATCHER: "лише читає", Role.AGENT: "відповідає й натискає"}
OUTCOMES = {"done": "зроблено", "refused": "ВІДМОВЛЕНО", "failed": "не вдалося", "": "розпочато"}
SHOWN = 60


async def members(books: "Books") -> list[str]:
    """A line for everybody who was met in a staff group."""
    found = await books.read(lambda tx: tx.staff.members())
    return [_member(one) for one in found] or ["Ще ніхто не писав і не натискав у групах працівників."]


async def set_role(books: "Books", who: str, role: Role) -> str:
    """Raises CannotStart for somebody who was never met."""
    if not await books.write(lambda tx: tx.staff.set_role("telegram", who, role)):
        raise CannotStart(f"Людини з номером {who} у групах працівників ще не було. Усі: main.py staff")
    return f"{who}: {ROLES[role]}"


async def log(books: "Books", since: datetime, limit: int, who: str) -> list[str]:
    """A line for every act, the newest last."""
    acts: Sequence[Act] = await books.read(lambda tx: tx.staff.log(since, limit, who))
    return [_act(one) for one in acts] or ["За цей час нічого не робили."]


def _member(one: "Member") -> str:
    from bot.i18n import translator

    seen = translator("uk").moment(one.seen_at)
    return f"{one.external_id}  {one.name}  {ROLES[one.role]} ({one.role.value}), востаннє {seen}"


def _act(act: "Act") -> str:
    from bot.i18n import KYIV

    when = f"{act.at.astimezone(KYIV):%d.%m.%Y %H:%M:%S}"
    about = f"  про: {act.about[:SHOWN]}" if act.about else ""
    outcome = OUTCOMES.get(act.outcome, act.outcome)
    who = f"{act.name} ({act.channel} {act.external_id})"
    return f"{when}  {who}  {act.desk or 'не з групи'}  {act.what}{about}  {outcome}"
