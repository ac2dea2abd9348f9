"""A configuration of the program as data: entity sets, their fields and sections, read from `configurations/*.toml`.

A field is one string: type, then targets of a reference or the name of an enumeration, then where the world keeps it:
`string(10) edrpou`, `text comment`, `ref Catalog_Валюты currency`, `any Document_A|Document_B order`,
`enum СтавкиНДС vat`, `date date`, `number price`, `int64`, `int16`, `bool posted`. A source is an attribute of the
object, a path over references (`counterparty.manager`), `@name` of `derived`, `=text` for a constant, or nothing: then
what is written is kept and given back.
"""

import tomllib
import uuid
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.onec.things import Named

FOLDER = Path(__file__).parent / "configurations"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "onec-sandbox.example")
PROFILES = ("ut_ua", "bas_ut", "unf", "bp")
EDM = {
    "string": "Edm.String", "text": "Edm.String", "enum": "Edm.String", "any": "Edm.String", "version": "Edm.String",
    "number": "Edm.Double", "int16": "Edm.Int16", "int64": "Edm.Int64", "bool": "Edm.Boolean", "date": "Edm.DateTime",
    "ref": "Edm.Guid", "guid": "Edm.Guid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute; `max` 0 is unlimited, `targets` are the entity sets that a reference may lead to."""

    name: str
    type: str
    max: int = 0
    targets: tuple[str, ...] = ()
    enum: str = ""
    source: str = ""

    @property
    def edm(self) -> str:
        return EDM[self.type]

    @property
    def navigation(self) -> str:
        """The name of the navigation property, "" for what is not a reference."""
        return self.name.removesuffix("_Key") if self.type == "ref" else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A tabular section; its rows are the list `source` of the object."""

    name: str
    source: str
    fields: dict[str, Field]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity set. `source` names what its rows are: a kind of the world or a function of `sources`."""

    name: str
    source: str
    fields: dict[str, Field]
    keys: tuple[str, ...] = ("Ref_Key",)
    sections: dict[str, Section] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    items: dict[str, Named] = field(default_factory=dict)
    only: tuple[str, str] | None = None
    """An attribute and the value that the rows of this set have in it."""
    balance: str = ""
    """The function of `sources` that gives what balances are summed from."""

    @property
    def prefix(self) -> str:
        return self.name.partition("_")[0]

    @property
    def is_object(self) -> bool:
        """Has references, unlike a register."""
        return self.prefix in ("Catalog", "Document", "ExchangePlan", "ChartOfAccounts")

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Configuration:
    """One profile; `enums` map a member to the world's value."""

    profile: str
    title: str
    number: str
    entities: dict[str, Entity]
    enums: dict[str, dict[str, str]]
    posting_accepts: bool = True
    """Posting an order is how it is accepted, as where orders have no state of their own."""

    def entity_of(self, kind: str) -> str:
        """The entity set that shows objects of this kind first, "" where there is none."""
        return next((one.name for one in self.entities.values() if one.source == kind and one.is_object), "")


@cache
def configuration(profile: str) -> Configuration:
    """The profile by its name (one of PROFILES)."""
    read = tomllib.loads((FOLDER / f"{profile}.toml").read_text("utf-8"))
    entities: dict[str, Entity] = {}
    for raw in read["entity"]:
        for one in _entities(raw):
            entities[one.name] = one
    return Configuration(
        profile, read["title"], read["number"], entities, read.get("enums", {}), read.get("posting_accepts", True)
    )


def _entities(raw: dict[str, Any]) -> list[Entity]:
    prefix = raw["name"].partition("_")[0]
    if prefix in ("InformationRegister", "AccumulationRegister", "AccountingRegister"):
        return _register(raw)
    build = _document if prefix == "Document" else _catalog
    sections = {name: _section(name, one) for name, one in raw.get("sections", {}).items()}
    functions = ("Post", "Unpost") if prefix == "Document" else ()
    fields = {**_parsed(build(raw)), **_parsed(raw.get("fields", {}))}
    items = {one.ref: one for one in (_item(raw["name"], item) for item in raw.get("items", ()))}
    source, _, only = raw.get("source", "").partition(" ")
    return [
        Entity(
            raw["name"], source, fields, sections=sections, functions=functions, items=items,
            only=tuple(only.split("=")) if only else None,
        )
    ]  # fmt: skip


def _catalog(raw: dict[str, Any]) -> dict[str, str]:
    fields = {"Ref_Key": "guid ref", "DataVersion": "version", "DeletionMark": "bool marked"}
    if "owner" in raw:
        owner, _, source = raw["owner"].partition(" ")
        kind = "any" if raw.get("owner_any") else "ref"
        fields["Owner" if kind == "any" else "Owner_Key"] = f"{kind} {owner} {source or 'owner'}"
    if raw.get("folders"):
        fields |= {"Parent_Key": f"ref {raw['name']} parent", "IsFolder": "bool folder"}
    if raw.get("code", 9):
        fields["Code"] = f"string({raw.get('code', 9)}) code"
    fields["Description"] = f"string({raw.get('description', 100)}) name"
    return fields | {"Predefined": "bool @predefined", "PredefinedDataName": "string(150) @predefined_name"}


def _document(raw: dict[str, Any]) -> dict[str, str]:
    return {
        "Ref_Key": "guid ref", "DataVersion": "version", "DeletionMark": "bool marked",
        "Number": f"string({raw.get('number', 11)}) number", "Date": "date date", "Posted": "bool posted",
    }  # fmt: skip


def _item(entity: str, raw: dict[str, Any]) -> Named:
    """A predefined item; its reference follows from the names."""
    ref = raw.get("ref") or str(uuid.uuid5(NAMESPACE, f"{entity}/{raw['name']}"))
    extra = {key: value for key, value in raw.items() if key not in ("ref", "code", "name")}
    return Named(ref=ref, version=1, code=raw.get("code", ""), name=raw["name"], extra=extra)


def _register(raw: dict[str, Any]) -> list[Entity]:
    """The set itself, and for one with a recorder its flat records `_RecordType` too."""
    name, recorder = raw["name"], raw.get("recorder", "")
    dimensions, resources = _parsed(raw.get("dimensions", {})), _parsed(raw.get("resources", {}))
    own = {**dimensions, **resources, **_parsed(raw.get("attributes", {}))}
    period = _parsed({"Period": "date period"} if raw.get("periodic") or recorder else {})
    functions: tuple[str, ...] = ("SliceLast", "SliceFirst") if raw.get("periodic") else ()
    if not name.startswith("InformationRegister"):
        functions = ("Balance", "Turnovers", "BalanceAndTurnovers")
    common: dict[str, Any] = {
        "dimensions": tuple(dimensions), "resources": tuple(resources), "balance": raw.get("balance", ""),
    }  # fmt: skip
    if not recorder:
        keys = (*period, *dimensions)
        return [Entity(name, raw["source"], {**period, **own}, keys, functions=functions, **common)]
    head = _parsed({"Recorder": f"any {recorder} recorder"})
    row = {"LineNumber": "int64 @line_number", "Active": "bool @active"}
    if not name.startswith("InformationRegister"):
        row["RecordType"] = "string(10) direction"
    flat = {**head, **period, **_parsed(row), **own}
    record_set = Section("RecordSet", "rows", flat)
    bound = functions if not name.startswith("InformationRegister") else ()
    return [
        Entity(name, f"sets:{raw['source']}", head, ("Recorder",), {"RecordSet": record_set}, bound, **common),
        Entity(f"{name}_RecordType", raw["source"], flat, ("Recorder", "LineNumber"), functions=functions, **common),
    ]


def _section(name: str, raw: dict[str, Any]) -> Section:
    fields = {"LineNumber": "int64 @line_number"} | {key: one for key, one in raw.items() if key != "rows"}
    return Section(name, raw.get("rows", ""), _parsed(fields))


def _parsed(raw: dict[str, str]) -> dict[str, Field]:
    return {name: _field(name, text) for name, text in raw.items()}


def _field(name: str, text: str) -> Field:
    kind, *rest = text.split(" ", 2)
    kind, _, size = kind.partition("(")
    if kind in ("ref", "any"):
        return Field(name, kind, targets=tuple(rest[0].split("|")), source=rest[1] if len(rest) > 1 else "")
    if kind == "enum":
        return Field(name, kind, enum=rest[0], source=rest[1] if len(rest) > 1 else "")
    return Field(name, kind, max=int(size.rstrip(")") or 0) if size else 0, source=" ".join(rest))
