"""One statement for all that a turn must know of its account, and its row as an Identity."""

from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

from bot.db.models import Account, Cart, CartLine, Client, Dialogue, Manager, Membership, Person, Talk
from bot.domain import dialogue
from bot.domain.client import Buyer, Identity, ManagerCard

_CURRENT_CART = aliased(Cart)
_CART_LINES = (
    select(func.count())
    .select_from(CartLine.__table__.join(Cart.__table__, CartLine.cart_id == Cart.id))
    .where(
        Cart.id
        == select(_CURRENT_CART.id)
        .where(_CURRENT_CART.client_id == Account.client_id, _CURRENT_CART.status == "open")
        .order_by(_CURRENT_CART.amends_order_id.is_(None))
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )
    .correlate(Account)
    .scalar_subquery()
)
STATEMENT = (
    select(
        Account.name,
        Account.language,
        Account.reachable,
        Account.last_event_at,
        Account.session_opened_at,
        Person.id,
        Person.name,
        Person.language,
        Client.id,
        Client.name,
        Client.price_type_id,
        Client.assortment_id,
        Client.minimum_order,
        Membership.orders,
        Membership.pays,
        Membership.signs,
        Manager.name,
        Manager.phone,
        Dialogue.step,
        Dialogue.data,
        Dialogue.left_by,
        Dialogue.found_step,
        Dialogue.found_data,
        _CART_LINES,
        Talk.taken_by,
    )
    .select_from(Account)
    .outerjoin(Person, and_(Person.id == Account.person_id, Person.active))
    .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.client_id == Account.client_id))
    .outerjoin(Client, and_(Client.id == Membership.client_id, Client.active))
    .outerjoin(Manager, Manager.id == Client.manager_id)
    .outerjoin(Dialogue, and_(Dialogue.channel == Account.channel, Dialogue.external_id == Account.external_id))
    .outerjoin(Talk, and_(Talk.channel == Account.channel, Talk.external_id == Account.external_id))
    .where(Account.channel == bindparam("channel"), Account.external_id == bindparam("external_id"))
)


def identity(row: Any, channel: str, external_id: str, event_id: str | None) -> Identity:
    """The row of STATEMENT; the dialogue as the event found it, where it is the one that changed it last."""
    (
        name,
        language,
        reachable,
        last_event_at,
        session_opened_at,
        person_id,
        person_name,
        person_language,
        client_id,
        client_name,
        price_type_id,
        assortment_id,
        minimum_order,
        orders,
        pays,
        signs,
        manager_name,
        manager_phone,
        step,
        data,
        left_by,
        found_step,
        found_data,
        cart_lines,
        taken_by,
    ) = row
    if event_id is not None and event_id == left_by:
        step, data = found_step, found_data
    buyer = None
    if client_id is not None:
        buyer = Buyer(client_id, client_name, price_type_id, assortment_id, minimum_order, orders, pays, signs)
    return Identity(
        channel,
        external_id,
        name=person_name or name,
        language=language or person_language,
        reachable=reachable,
        person_id=person_id,
        buyer=buyer,
        manager=ManagerCard(manager_name, manager_phone) if manager_name else None,
        cart_lines=cart_lines,
        dialogue=dialogue.Dialogue(step, data) if step else dialogue.FREE,
        last_event_at=last_event_at,
        session_opened_at=session_opened_at,
        attended=taken_by is not None,
    )
