"""Puts the site's orders into the base: finds or makes the counterparty, the articles and the order."""

from datetime import datetime
from uuid import UUID

from sandbox.onec.business import headed, rounded, set_state, vat_inside
from sandbox.onec.commerceml.orders_in import SiteClient, SiteLine, SiteOrder
from sandbox.onec.commerceml.orders_out import SITE_ID
from sandbox.onec.things import ZERO, Address, Article, Counterparty, Line, Order, Person, new_ref
from sandbox.onec.world import World

BY = "exchange"


def take_orders(world: World, orders: list[SiteOrder]) -> list[Order]:
    """A known order is written again unless the goods have left; the order of the file is kept."""
    return [_take(world, one) for one in orders]


def _take(world: World, told: SiteOrder) -> Order:
    known = _known_order(world, told.id)
    if known is not None and known.state in ("shipped", "closed"):
        return known
    order = known or Order(extra={SITE_ID: told.id}, from_site=True, counterparty=_client(world, told.client))
    order.external_number, order.external_date = told.number, told.date
    order.comment, order.total = told.comment, told.total
    order.lines = [_line(world, one) for one in told.lines]
    order.delivery_address = told.requisites.get("Адрес доставки", order.delivery_address)
    order.delivery_date = _day(told.requisites.get("Дата доставки", "")) or order.delivery_date
    if known is None:
        headed(world, order)
        world.add(order, BY)
    else:
        world.changed(order, "changed", BY)
    if told.requisites.get("Отменен") == "true":
        set_state(world, order.ref, "cancelled", BY)
    return order


def _known_order(world: World, site_id: str) -> Order | None:
    """By the site's id, else by our own reference, which the site has from an earlier exchange."""
    direct = world.orders.get(site_id.lower())
    return direct or next((one for one in world.orders.values() if one.extra.get(SITE_ID) == site_id), None)


def _client(world: World, told: SiteClient) -> str:
    """By Ид, by the site's id kept from before, by the code; else a new one."""
    clients = world.counterparties
    if told.id.lower() in clients:
        return told.id.lower()
    living = [one for one in clients.values() if not one.marked and not one.folder]
    by_id = next((one for one in living if one.extra.get(SITE_ID) == told.id), None)
    by_code = next((one for one in living if told.code and one.edrpou == told.code), None)
    return (by_id or by_code or _new_client(world, told)).ref


def _new_client(world: World, told: SiteClient) -> Counterparty:
    person = Person(name=told.full_name or told.name, phones=told.phones, emails=told.mails)
    client = Counterparty(
        name=told.name, full_name=told.full_name or told.name, edrpou=told.code,
        kind="company" if told.company else "entrepreneur" if told.code else "person", phones=told.phones,
        emails=told.mails, addresses=[Address(told.address)] if told.address else [], people=[person.ref],
        extra={SITE_ID: told.id},
    )  # fmt: skip
    person.owner = client.ref
    world.add(person, BY)
    return world.add(client, BY)


def _line(world: World, told: SiteLine) -> Line:
    article = _article(world, told)
    pack = article.base_pack
    if told.coefficient != 1:
        packs = (one for one in world.packs.values() if one.owner == article.ref)
        pack = next((one.ref for one in packs if one.coefficient == told.coefficient), "")
    full = told.amount + told.discount
    return Line(
        article=article.ref, quantity=told.quantity, price=told.price, amount=told.amount, vat=article.vat,
        vat_amount=vat_inside(told.amount, article.vat), pack=pack, coefficient=told.coefficient,
        discount=told.discount, discount_percent=rounded(told.discount * 100 / full) if full else ZERO,
    )  # fmt: skip


def _article(world: World, told: SiteLine) -> Article:
    """By Ид without the characteristic; an unknown one becomes a new article outside of the folders."""
    ref = told.id.partition("#")[0].lower()
    found = world.articles.get(ref) or next((one for one in world.goods() if one.extra.get(SITE_ID) == told.id), None)
    if found is not None:
        return found
    unit = next((one.ref for one in world.units.values() if one.name == told.unit), "")
    return world.add(
        Article(
            ref=ref if _is_guid(ref) else new_ref(), sku=told.sku, name=told.name, full_name=told.name, unit=unit,
            service=told.service, extra={SITE_ID: told.id},
        ),
        BY,
    )  # fmt: skip


def _is_guid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
