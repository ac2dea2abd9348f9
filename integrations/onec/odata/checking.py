"""A profile against a base's own description: what is not published, in words for whoever can publish it."""

from dataclasses import dataclass

from integrations.onec.odata.config import ProfileName
from integrations.onec.odata.metadata import Metadata
from integrations.onec.odata.profile import NAMES, Attribute, DocumentTable, Profile, Table, load

WHERE = "Адміністрування → Синхронізація даних → Налаштування стандартного інтерфейсу OData"
_VIRTUAL_SUFFIXES = ("BalanceDr", "BalanceCr", "Balance")
_INSIDE = ("contact",)
_STANDARD = ("Account", "ExtDimension")


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` is empty where the whole set is missing; `vital` where orders or pulls fail without it.

    Payments are not vital: a wholesaler may do without them.
    """

    entity: str
    field: str
    vital: bool
    text: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How many of the names that a profile cannot do without the base has."""

    profile: ProfileName
    found: int
    wanted: int

    @property
    def share(self) -> float:
        return self.found / self.wanted if self.wanted else 0.0


def check(profile: Profile, base: Metadata) -> list[Finding]:
    """Nothing where the base has all that the profile names; the vital first."""
    found: list[Finding] = []
    reported: set[str] = set()
    for word, table in profile.tables():
        if word in _INSIDE or table.entity in reported:
            continue
        if base.properties(table.entity) is None:
            reported.add(table.entity)
            found.append(_no_entity(table))
        else:
            found += _fields(table, base)
    for document in (profile.order, profile.payment, profile.bank):
        if base.properties(document.entity) is not None:
            found += _section(document, base)
    return sorted(found, key=lambda finding: (not finding.vital, finding.entity, finding.field))


def fits(base: Metadata) -> list[Fit]:
    """The best first."""
    return sorted((_fit(load(name), base) for name in NAMES), key=lambda fit: -fit.share)


def _fit(profile: Profile, base: Metadata) -> Fit:
    wanted = found = 0
    for word, table in profile.tables():
        if word in _INSIDE or table.optional:
            continue
        names = [attribute.name for attribute in table.fields.values() if not attribute.optional]
        wanted += 1 + len(names)
        if base.properties(table.entity) is not None:
            present = _present(table, base)
            found += 1 + sum(_has(table, name, present) for name in names)
    return Fit(profile.name, found, wanted)


def _no_entity(table: Table) -> Finding:
    kind = "без цього обмін не працюватиме" if not table.optional else "без цього частини даних не буде"
    text = f"Немає {table.entity}: у 1С позначте цей об'єкт у складі стандартного інтерфейсу OData ({WHERE}); {kind}."
    return Finding(table.entity, "", not table.optional, text)


def _fields(table: Table, base: Metadata) -> list[Finding]:
    present = _present(table, base)
    missing = [attribute for attribute in table.fields.values() if not _has(table, attribute.name, present)]
    return [_no_field(table.entity, attribute, table) for attribute in missing if not attribute.optional]


def _section(document: DocumentTable, base: Metadata) -> list[Finding]:
    entity, lines = document.entity, document.lines
    present = base.section(entity, lines.entity) or base.properties(f"{entity}_{lines.entity}")
    if present is None:
        return [_no_field(entity, Attribute(name=lines.entity), document)]
    place = f"{entity}.{lines.entity}"
    wanted = [attribute for attribute in lines.fields.values() if not attribute.optional]
    return [_no_field(place, attribute, document) for attribute in wanted if attribute.name not in present]


def _no_field(entity: str, attribute: Attribute, table: Table) -> Finding:
    doubt = "" if attribute.sure else " Назва могла бути іншою у вашій версії."
    text = f"У {entity} немає поля {attribute.name}: перевірте, що профіль обміну відповідає конфігурації.{doubt}"
    return Finding(entity, attribute.name, not table.optional, text)


def _present(table: Table, base: Metadata) -> dict[str, int | None]:
    """The records of a register that documents write stand under a name of their own."""
    records = base.properties(f"{table.entity}_RecordType") if table.virtual else None
    return {**(base.properties(table.entity) or {}), **(records or {})}


def _has(table: Table, name: str, present: dict[str, int | None]) -> bool:
    """The resources of a virtual table have suffixes."""
    if name in present or not table.virtual:
        return name in present
    if name.startswith(_STANDARD):
        return True
    return any(name.removesuffix(suffix) in present for suffix in _VIRTUAL_SUFFIXES if name.endswith(suffix))
