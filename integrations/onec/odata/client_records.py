"""A counterparty's row with its relatives as a record."""

from bot.domain.directory import ClientRecord, ContractRecord, PersonRecord, PointRecord
from bot.domain.requisites import ClientKind
from integrations.onec.odata.client import Row
from integrations.onec.odata.contacts import Contacts, read
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.relatives import Relatives
from integrations.onec.odata.values import day, number, ref, words, yes

_FOP = frozenset({"физлицо", "физическоелицо", "индивидуальныйпредприниматель", "частноелицо"})
_LEGAL = frozenset({"юрлицо", "юридическоелицо", "компания"})
_NOT_CUSTOMERS = ("поставщик", "комитент")
_CLOSED = frozenset({"закрыт", "неактивен", "недействует", "расторгнут"})
_PAYS = ("бухгалтер",)
_SIGNS = ("директор", "керівник", "руководитель")


def record(profile: Profile, row: Row, kin: Relatives, version: str) -> ClientRecord:
    table = profile.counterparty
    own = ref(row.get("Ref_Key")) or ""
    partner = ref(table.read(row, "partner"))
    of_partner = kin.partners.get(partner or "", {})
    contacts = _contacts(profile, table, row, kin)
    if profile.partner and of_partner:
        contacts = _together(contacts, _contacts(profile, profile.partner, of_partner, kin))
    contracts = _contracts(profile, row, kin.contracts.get(own, ()))
    main = next((contract for contract in contracts if contract.main), None)
    agreement = _agreement(profile, kin, partner)
    price_type = (main.price_type if main else None) or ref(agreement.get("price_type"))
    days = main.payment_days if main and main.payment_days is not None else agreement.get("payment_days")
    name = words(table.read(row, "name")) or words(table.read(row, "full_name"))  # as its people call it
    code = words(table.read(row, "tax_code")) or words(table.read(row, "person_code"))
    return ClientRecord(
        external_id=own,
        kind=_kind(profile, row, code),
        name=name,
        tax_code=code,
        price_type=kin.price_types.get(price_type or "", ""),
        points=tuple(PointRecord(f"{own}:{place.key}", place.name, place.text) for place in contacts.addresses),
        people=_people(
            profile, kin.people.get(partner if profile.partner and partner else own, ()), kin, own, name, contacts
        ),
        manager=_manager(profile, row, of_partner, kin),
        payment_days=int(days or 0),
        price_type_id=price_type,
        version=version,
        active=not yes(row.get("DeletionMark")),
        email=contacts.email,
        full_name=words(table.read(row, "full_name")),
        address=contacts.registered,
        phone=contacts.phone,
        credit_limit=main.credit_limit if main else None,
        contracts=contracts,
    )


def _kind(profile: Profile, row: Row, code: str) -> ClientKind:
    """As it is said, or by the length of the code."""
    table = profile.counterparty
    said = (words(table.read(row, "legal_form")) or words(table.read(row, "legal_form_old"))).lower()
    if said in _LEGAL or said in _FOP:
        return ClientKind.LEGAL if said in _LEGAL else ClientKind.FOP
    return ClientKind.FOP if len(code) == 10 else ClientKind.LEGAL


def _manager(profile: Profile, row: Row, of_partner: Row, kin: Relatives) -> str:
    own = ref(profile.counterparty.read(row, "manager"))
    if own is None and profile.partner:
        own = ref(profile.partner.read(of_partner, "manager"))
    return kin.managers.get(own or "", "")


def _agreement(profile: Profile, kin: Relatives, partner: str | None) -> Row:
    """The terms of the partner's first agreement that is in force."""
    table = profile.agreement
    if table is None:
        return {}
    for row in kin.agreements.get(partner or "", ()):
        if not yes(row.get("DeletionMark")) and words(table.read(row, "state")).lower() not in _CLOSED:
            return {"price_type": table.read(row, "price_type"), "payment_days": _longest_shift(table, row)}
    return {}


def _longest_shift(table: Table, row: Row) -> int | None:
    """Days till the last payment by the agreement's schedule."""
    stages = table.read(row, "stages")
    rows = [stage for stage in stages if isinstance(stage, dict)] if isinstance(stages, list) else []
    return max((int(number(table.read(stage, "shift"))) for stage in rows), default=None)


def _contracts(profile: Profile, client: Row, rows: "tuple[Row, ...] | list[Row]") -> tuple[ContractRecord, ...]:
    """Contracts with customers; the main one is named by the client, or is the first that is in force."""
    table = profile.contract
    named = ref(profile.counterparty.read(client, "main_contract"))
    ours = [row for row in rows if not any(word in words(table.read(row, "kind")).lower() for word in _NOT_CUSTOMERS)]
    in_force = [row for row in ours if _active(table, row)]
    main = next((ref(row.get("Ref_Key")) for row in in_force if ref(row.get("Ref_Key")) == named), None)
    main = main or next((ref(row.get("Ref_Key")) for row in in_force), None)
    return tuple(_contract(table, row, main) for row in ours)


def _active(table: Table, row: Row) -> bool:
    return not yes(row.get("DeletionMark")) and words(table.read(row, "state")).lower() not in _CLOSED


def _contract(table: Table, row: Row, main: str | None) -> ContractRecord:
    own = ref(row.get("Ref_Key")) or ""
    days, limit = payment_days(table, row), number(table.read(row, "credit_limit"))
    unlimited = table.read(row, "sum_limited") is False
    return ContractRecord(
        external_id=own,
        name=words(table.read(row, "name")),
        number=words(table.read(row, "number")),
        dated=day(table.read(row, "date")),
        until=day(table.read(row, "until")),
        price_type=ref(table.read(row, "price_type")),
        payment_days=days,
        credit_limit=limit if limit > 0 and not unlimited else None,
        active=_active(table, row),
        main=own == main,
    )


def payment_days(table: Table, row: Row) -> int | None:
    """None where the contract does not say, or says that days are not watched."""
    days = table.read(row, "payment_days")
    return None if days is None or table.read(row, "days_limited") is False else int(number(days))


def _people(
    profile: Profile, rows: "tuple[Row, ...] | list[Row]", kin: Relatives, client: str, name: str, own: Contacts
) -> tuple[PersonRecord, ...]:
    """Contact persons; a client without any is reached by its own phone."""
    table = profile.person
    people = []
    for row in rows if table else ():
        assert table is not None
        person = ref(row.get("Ref_Key"))
        if person is None or yes(row.get("DeletionMark")):
            continue
        contacts = _contacts(profile, table, row, kin)
        said, post = words(table.read(row, "name")), words(table.read(row, "post")).lower()
        people.append(
            PersonRecord(
                external_id=person,
                name=said,
                phone=contacts.phone,
                pays=any(word in post for word in _PAYS),
                signs=any(word in post for word in _SIGNS),
                email=contacts.email,
            )
        )
    if own.phone and not any(person.phone for person in people):
        people.append(PersonRecord(external_id=client, name=name, phone=own.phone, email=own.email))
    return tuple(people)


def _contacts(profile: Profile, table: Table, row: Row, kin: Relatives) -> Contacts:
    said = table.read(row, "contacts")
    return read(kin.contacts.get(ref(row.get("Ref_Key")) or "") if said is None else said, profile, kin.kinds)


def _together(own: Contacts, of_partner: Contacts) -> Contacts:
    """The counterparty's own first, what it does not have from its partner."""
    places = {place.key: place for place in (*of_partner.addresses, *own.addresses)}
    return Contacts(
        own.phone or of_partner.phone, own.email or of_partner.email, tuple(places.values()),
        own.registered or of_partner.registered,
    )  # fmt: skip
