"""Two hundred clients: the three of `clients.json` as they are, and invented ones with the flaws of a real base."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sandbox.horeca.wholesaler.codes import edrpou, rnokpp, vat_number
from sandbox.horeca.wholesaler.humans import Human, Humans, latin
from sandbox.horeca.wholesaler.managers import MANAGERS
from sandbox.horeca.wholesaler.places import Phones, address, town
from sandbox.horeca.wholesaler.words import venues

ALL = 200
SEED = 20261120
MARKED = (37, 88, 121, 160, 199, 200)
"""Deletion marks; the last two repeat clients 12 and 45, as happens when somebody enters a client again."""
REPEATED = {199: 12, 200: 45}
WITHOUT_CODE = 63
BROKEN_PHONE = 74
SHARED = {101: 20, 143: 52}
"""The first person of the client on the right acts for the one on the left too."""
WITHOUT_MAIL = "H-002"
"""Whom only a text message reaches until he opens a chat."""
PRICE_TYPES = ("Роздрібна", "Оптова", "HoReCa VIP")
LIMITS = {"Роздрібна": (20, 60), "Оптова": (40, 150), "HoReCa VIP": (120, 400)}

Row = dict[str, Any]


def counterparties(first: list[Row], taken_phones: set[str]) -> list[Row]:
    """`first` are the clients of `clients.json`; the phones of `taken_phones` are given to nobody else."""
    rows = [_known(number, client) for number, client in enumerate(first, 1)]
    people = {person["name"] for client in first for person in client["people"]} | set(MANAGERS)
    maker = _Maker(taken_phones | set(MANAGERS.values()), people)
    places = venues()
    maker.rng.shuffle(places)
    for number in range(len(rows) + 1, ALL + 1):
        rows.append(_repeat(number, rows) if number in REPEATED else maker.client(number, *places[number - 4]))
    _spoil(rows)
    return rows


def _known(number: int, client: Row) -> Row:
    """A client of `clients.json` with what a 1C base has besides."""
    fop = client["kind"] == "fop"
    plain = client["name"].removeprefix("ТОВ ")
    owner = "ФОП Коваль Олена Іванівна"
    return {
        "external_id": client["external_id"],
        "code": f"{number:09}",
        "name": client["name"],
        "full_name": owner if fop else f"Товариство з обмеженою відповідальністю {plain}",
        "kind": "entrepreneur" if fop else "company",
        "edrpou": client["tax_code"],
        "tax_number": "" if fop else vat_number(Random(number), client["tax_code"]),
        "price_type": client["price_type"],
        "manager": client["manager"],
        "payment_days": client["payment_days"],
        "credit_limit": {1: "40000.00", 2: "250000.00"}.get(number, "0.00"),
        "minimum_order": client.get("minimum_order", ""),
        "contract": {"number": f"Д-{number:03}/23", "date": f"2023-0{number + 1}-1{number}"},
        "legal_address": client["points"][0]["address"],
        "phones": [],
        "mails": [f"office@{('kavarnia', 'hotel', 'bistro')[number - 1]}.example.com"],
        "points": client["points"],
        "people": [
            {"external_id": one["external_id"], "name": one["name"], "position": position, "phone": one["phone"],
             "mail": _mail(one)}
            for one, position in zip(client["people"], ["шеф-кухарка", "закупівельник"] if fop else
                                     ["закупівельниця", "бухгалтерка"], strict=False)
        ],
    }  # fmt: skip


def _mail(person: Row) -> str:
    return "" if person["external_id"] == WITHOUT_MAIL else f"{latin(person['name'].rpartition(' ')[2])}@example.com"


class _Maker:
    """Draws clients one after another; numbers of points and people go on through all of them."""

    def __init__(self, taken_phones: set[str], taken_people: set[str]) -> None:
        self.rng = Random(SEED)
        self.humans = Humans(self.rng, taken_people)
        self.phones = Phones(self.rng, taken_phones)
        self._point = 100
        self._person = 100

    def client(self, number: int, kind: str, name: str) -> Row:
        rng, owner = self.rng, self.humans.next()
        fop = kind not in ("Готель", "Кейтеринг") and rng.random() < 0.42
        code = rnokpp(rng, male=owner.male) if fop else edrpou(rng)
        where = town(rng)
        price_type = rng.choices(PRICE_TYPES, (25, 50, 25))[0]
        days = 0 if price_type == "Роздрібна" else rng.choice((0, 7, 7, 14, 14, 14, 21, 30))
        people = self._people(owner, fop, number)
        return {
            "external_id": f"C-{number:03}",
            "code": f"{number:09}",
            **_names(rng, owner if fop else None, kind, name),
            "kind": "entrepreneur" if fop else "company",
            "edrpou": code,
            "tax_number": vat_number(rng, code) if rng.random() < (0.15 if fop else 0.8) else "",
            "price_type": price_type,
            "manager": rng.choice(list(MANAGERS)),
            "payment_days": days,
            "credit_limit": f"{rng.randint(*LIMITS[price_type]) * 1000 if days else 0}.00",
            "minimum_order": rng.choice(("", "", "", "1500", "2000", "3000")),
            "contract": self._contract(number),
            "legal_address": address(rng, where),
            "phones": [self.phones.next()] if rng.random() < 0.4 else [],
            "mails": [f"office{number:03}@{latin(name.rpartition(' ')[2])}.example.org"] if rng.random() < 0.7 else [],
            "points": self._points(kind, name, where),
            "people": people,
        }

    def _contract(self, number: int) -> dict[str, str]:
        signed = date(2022, 1, 10) + timedelta(days=self.rng.randint(0, 1600))
        return {"number": f"Д-{number:03}/{signed:%y}", "date": signed.isoformat()}

    def _points(self, kind: str, name: str, where: str) -> list[Row]:
        count = self.rng.choices((1, 2, 3), (70, 22, 8))[0]
        points = []
        for number in range(count):
            self._point += 1
            place = f"{kind} «{name}»" if count == 1 else f"{kind} «{name}» № {number + 1}"
            points.append({"external_id": f"P-{self._point:03}", "name": place, "address": address(self.rng, where)})
        return points

    def _people(self, owner: Human, fop: bool, number: int) -> list[Row]:
        count = self.rng.choices((1, 2, 3), (50, 35, 15))[0]
        humans = [owner, *(self.humans.next() for _ in range(count - 1))] if fop else [
            self.humans.next() for _ in range(count)
        ]  # fmt: skip
        positions = [3, 0, 2] if fop else [self.rng.choice((0, 1)), 2, 4]
        people = []
        for human, position in zip(humans, positions, strict=False):
            self._person += 1
            mail = f"{latin(human.surname)}{number}@example.com" if self.rng.random() < 0.6 else ""
            people.append(
                {"external_id": f"H-{self._person:03}", "name": human.short, "position": human.role(position),
                 "phone": self.phones.next(), "mail": mail}
            )  # fmt: skip
        return people


def _names(rng: Random, owner: Human | None, kind: str, name: str) -> dict[str, str]:
    """How the client is called in lists and in documents; of a sole trader either the person or the place is known."""
    if owner is not None:
        short = f"{kind} «{name}»" if rng.random() < 0.5 else f"ФОП {owner.initials} ({kind.lower()} «{name}»)"
        return {"name": short, "full_name": f"Фізична особа-підприємець {owner.whole}"}
    form, whole = rng.choices(
        [("ТОВ", "Товариство з обмеженою відповідальністю"), ("ПП", "Приватне підприємство")], (85, 15)
    )[0]
    called = f"«{'Готель ' if kind == 'Готель' else ''}{name}»"
    return {"name": f"{form} {called}", "full_name": f"{whole} {called}"}


def _repeat(number: int, rows: list[Row]) -> Row:
    """The same client entered again under another code, without people and with one address."""
    known = rows[REPEATED[number] - 1]
    point = {"external_id": f"P-{number + 900}", "name": "", "address": known["legal_address"]}
    changed = {
        "external_id": f"C-{number:03}",
        "code": f"{number:09}",
        "people": [],
        "points": [point],
        "phones": [],
        "contract": {"number": "", "date": known["contract"]["date"]},
    }
    return known | changed


def _spoil(rows: list[Row]) -> None:
    """The flaws told at the top of the file."""
    for row in rows:
        row["marked"] = int(row["external_id"][2:]) in MARKED
    rows[WITHOUT_CODE - 1] |= {"edrpou": "", "tax_number": ""}
    rows[BROKEN_PHONE - 1]["people"][0]["phone"] = "067 111-2"
    for client, lender in SHARED.items():
        rows[client - 1]["people"][0] = rows[lender - 1]["people"][0]
