"""`$metadata` and the service document, made from the configuration."""

from collections.abc import Iterable, Iterator
from functools import cache
from xml.sax.saxutils import quoteattr

from sandbox.onec.configuration import Configuration, Entity, Field, configuration
from sandbox.onec.query.address import ORDER
from sandbox.onec.virtual import SUFFIXES

EDMX = "http://schemas.microsoft.com/ado/2007/06/edmx"
META = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
EDM = "http://schemas.microsoft.com/ado/2009/11/edm"
_TYPES = {"Dimensions": "Edm.String", "Condition": "Edm.String"}


@cache
def metadata(profile: str, unpublished: tuple[str, ...] = ()) -> str:
    """The whole description, in XML."""
    read = configuration(profile)
    published = [one for one in read.entities.values() if one.name not in unpublished]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<edmx:Edmx xmlns:edmx="{EDMX}" Version="1.0">',
        f'<edmx:DataServices xmlns:m="{META}" m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0">',
        f'<Schema xmlns="{EDM}" Namespace="StandardODATA">',
    ]
    names = {one.name for one in published}
    for entity in published:
        parts.extend(_entity_type(entity, names))
    parts.extend(_enums(read))
    parts.append('<EntityContainer Name="StandardODATA" m:IsDefaultEntityContainer="true">')
    parts.extend(_container(published))
    parts.append("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>")
    return "\n".join(parts)


def set_names(entity: Entity) -> list[str]:
    """The entity sets of one entity: itself and its sections."""
    sections = [one for one in entity.sections if one != "RecordSet"]
    return [entity.name, *(f"{entity.name}_{one}" for one in sections)]


def _entity_type(entity: Entity, names: set[str]) -> Iterator[str]:
    keys = [part for one in entity.keys for part in _pair(entity.fields[one]) if part]
    yield from _type(entity.name, keys, entity.fields.values(), names, entity.sections)
    yield from _tables(entity)
    for section in entity.sections.values():
        row = f"{entity.name}_{section.name}"
        if section.name == "RecordSet":
            yield from _complex(f"{entity.name}_RowType", section.fields.values())
            continue
        key = Field("Ref_Key", "guid")
        yield from _type(row, ["Ref_Key", "LineNumber"], [key, *section.fields.values()], names, ())
        yield from _complex(f"{row}_RowType", [key, *section.fields.values()])


def _complex(name: str, fields: Iterable[Field]) -> Iterator[str]:
    yield f'<ComplexType Name="{name}">'
    yield from _properties(fields, ())
    yield "</ComplexType>"


def _tables(entity: Entity) -> Iterator[str]:
    """What the rows of its virtual tables hold."""
    fields = entity.sections["RecordSet"].fields if "RecordSet" in entity.sections else entity.fields
    for name in entity.functions:
        if name in SUFFIXES:
            sums = [Field(one + suffix, "number") for one in entity.resources for suffix in SUFFIXES[name]]
            yield from _complex(f"{entity.name}_{name}", [*(fields[one] for one in entity.dimensions), *sums])
        elif name in ORDER:
            yield from _complex(f"{entity.name}_{name}", fields.values())


def _pair(one: Field) -> tuple[str, ...]:
    return (one.name, f"{one.name}_Type") if one.type == "any" else (one.name,)


def _type(
    name: str, keys: list[str], fields: Iterable[Field], names: set[str], sections: Iterable[str]
) -> Iterator[str]:
    listed = list(fields)
    yield f'<EntityType Name="{name}" OpenType="true">'
    yield "<Key>" + "".join(f'<PropertyRef Name="{one}"/>' for one in keys) + "</Key>"
    yield from _properties(listed, keys)
    for section in sections:
        row = f"{name}_RowType" if section == "RecordSet" else f"{name}_{section}_RowType"
        yield f'<Property Name="{section}" Type="Collection(StandardODATA.{row})" Nullable="false"/>'
    relations = [(one.navigation, one.targets[0]) for one in listed if one.navigation and one.targets[0] in names]
    for navigation, _ in relations:
        relation = f"StandardODATA.{name}_{navigation}"
        yield f'<NavigationProperty Name="{navigation}" Relationship="{relation}" FromRole="Begin" ToRole="End"/>'
    yield "</EntityType>"
    for navigation, target in relations:
        yield (
            f'<Association Name="{name}_{navigation}"><End Role="Begin" Type="StandardODATA.{name}" Multiplicity="*"/>'
            f'<End Role="End" Type="StandardODATA.{target}" Multiplicity="0..1"/></Association>'
        )


def _properties(fields: Iterable[Field], keys: Iterable[str]) -> Iterator[str]:
    for one in fields:
        nullable = "false" if one.name in keys else "true"
        size = f' MaxLength="{one.max}"' if one.max else ""
        yield f'<Property Name="{one.name}" Type="{one.edm}"{size} Nullable="{nullable}"/>'
        if one.type == "any":
            yield f'<Property Name="{one.name}_Type" Type="Edm.String" Nullable="{nullable}"/>'


def _enums(read: Configuration) -> Iterator[str]:
    for name, members in read.enums.items():
        yield f'<EnumType Name="{name}">'
        yield from (f'<Member Name="{one}" Value="{place}"/>' for place, one in enumerate(members))
        yield "</EnumType>"


def _container(published: list[Entity]) -> Iterator[str]:
    for entity in published:
        yield from (f'<EntitySet Name="{one}" EntityType="StandardODATA.{one}"/>' for one in set_names(entity))
    for entity in published:
        yield from (_function(entity, one) for one in entity.functions)
    yield _exchange("SelectChanges") + _exchange("NotifyChangesReceived")


def _function(entity: Entity, name: str) -> str:
    bound = f'<Parameter Name="bindingParameter" Type="StandardODATA.{entity.name}"/>'
    if name in ("Post", "Unpost"):
        more = '<Parameter Name="PostingModeOperational" Type="Edm.Boolean"/>' if name == "Post" else ""
        return f'<FunctionImport Name="{name}" IsBindable="true" IsSideEffecting="true">{bound}{more}</FunctionImport>'
    whole = f'<Parameter Name="bindingParameter" Type="Collection(StandardODATA.{entity.name})"/>'
    more = "".join(
        f'<Parameter Name="{one}" Type={quoteattr(_TYPES.get(one, "Edm.DateTime"))}/>' for one in ORDER[name]
    )
    kind = f"Collection(StandardODATA.{entity.name}_{name})"
    return (
        f'<FunctionImport Name="{name}" ReturnType="{kind}" IsBindable="true" IsSideEffecting="false">'
        f"{whole}{more}</FunctionImport>"
    )


def _exchange(name: str) -> str:
    point = '<Parameter Name="DataExchangePoint" Type="Edm.String"/><Parameter Name="MessageNo" Type="Edm.Decimal"/>'
    return f'<FunctionImport Name="{name}">{point}</FunctionImport>'
