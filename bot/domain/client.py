"""Who is on the line, and what they may do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.desk import Role
from bot.domain.dialogue import FREE, Dialogue
from bot.domain.errors import Forbidden
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class Buyer:
    """A client as the catalogue and the cart need it: whose prices, whose assortment, whose minimum."""

    id: UUID
    name: str
    price_type_id: UUID | None
    assortment_id: UUID | None
    minimum_order: Money | None
    orders: bool
    pays: bool
    signs: bool


@dataclass(frozen=True, slots=True)
class ManagerCard:
    """How a client reaches a human."""

    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """An account with all a turn needs to know; `person_id` is None until they have joined.

    `desk` is set where somebody acts for the wholesaler's staff, from that desk's group: nobody's client, no person.
    `role` is what they may do there. `attended`: somebody of the staff speaks with the account, and the bot is quiet.
    `visiting`: told of a client that the account does not act for just now, but its person may.
    """

    channel: str
    external_id: str
    name: str = ""
    language: str | None = None
    reachable: bool = True
    person_id: UUID | None = None
    buyer: Buyer | None = None
    manager: ManagerCard | None = None
    cart_lines: int = 0
    dialogue: Dialogue = FREE
    last_event_at: datetime | None = None
    session_opened_at: datetime | None = None
    known: bool = True
    desk: str = ""
    visiting: bool = False
    attended: bool = False
    role: Role = Role.AGENT

    def require_buyer(self) -> Buyer:
        """The client this person orders for. Raises Forbidden where the role is missing."""
        if self.buyer is None or not self.buyer.orders:
            raise Forbidden("orders")
        return self.buyer

    def require_person(self) -> UUID:
        if self.person_id is None:
            raise Forbidden("joined")
        return self.person_id
