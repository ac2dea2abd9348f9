"""How a base is filled: a thing with all that belongs to it, at once."""

from collections.abc import Iterable
from decimal import Decimal

from sandbox.onec.things import ZERO, Address, Article, Contract, Counterparty, Pack, Partner, Person, new_ref
from sandbox.onec.world import World, first


def add_article(
    world: World,
    *,
    sku: str,
    name: str,
    unit: str,
    ref: str = "",
    parent: str = "",
    vat: str = "20",
    barcode: str = "",
    pack_unit: str = "",
    pack_size: Decimal = ZERO,
    description: str = "",
    weight: Decimal = ZERO,
    marked: bool = False,
) -> Article:
    """An article with its base unit and, when `pack_size` is given, a pack; `unit` and `pack_unit` are
    references of Unit."""
    article = Article(
        ref=ref or new_ref(), sku=sku, name=name, full_name=name, parent=parent, unit=unit, vat=vat, barcode=barcode,
        description=description, weight=weight, marked=marked,
    )  # fmt: skip
    base = Pack(name=world.units[unit].name, owner=article.ref, unit=unit)
    article.base_pack = article.pack = base.ref
    if pack_size:
        box = Pack(name=world.units[pack_unit].name, owner=article.ref, unit=pack_unit, coefficient=pack_size)
        article.pack = box.ref
        world.add(box)
    world.add(base)
    return world.add(article)


def add_counterparty(
    world: World,
    *,
    name: str,
    edrpou: str = "",
    kind: str = "company",
    ref: str = "",
    full_name: str = "",
    tax_number: str = "",
    price_type: str = "",
    payment_days: int = 0,
    credit_limit: Decimal = ZERO,
    manager: str = "",
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    legal_address: str = "",
    addresses: Iterable[Address] = (),
    people: Iterable[Person] = (),
    contract_ref: str = "",
    contract_number: str = "",
    marked: bool = False,
    comment: str = "",
) -> Counterparty:
    """A client with its main contract and contact persons (their `owner` is set here)."""
    client = Counterparty(
        ref=ref or new_ref(), name=name, full_name=full_name or name, edrpou=edrpou, kind=kind, tax_number=tax_number,
        manager=manager, phones=list(phones), emails=list(emails), legal_address=legal_address,
        addresses=list(addresses), marked=marked, comment=comment,
    )  # fmt: skip
    contract = _contract(world, client, contract_ref, contract_number)
    contract.price_type, contract.payment_days, contract.credit_limit = price_type, payment_days, credit_limit
    client.contract = contract.ref
    client.partner = world.add(Partner(name=name, client=client.ref)).ref
    for person in people:
        person.owner = client.ref
        client.people.append(world.add(person).ref)
    world.add(contract)
    return world.add(client)


def _contract(world: World, client: Counterparty, ref: str, number: str) -> Contract:
    return Contract(
        ref=ref or new_ref(), name="Основний договір", owner=client.ref, number=number, date=world.now(),
        currency=first(world.currencies), organisation=first(world.organisations),
    )  # fmt: skip
