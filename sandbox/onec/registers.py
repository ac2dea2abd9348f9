"""Writing records of independent registers; a repeated key is refused, never overwritten."""

from typing import Any

from sandbox.onec.configuration import Entity
from sandbox.onec.errors import KEY_EXISTS, REQUIRED, ODataError
from sandbox.onec.incoming import apply, read_value, writes
from sandbox.onec.infobase import Base
from sandbox.onec.sources import Record
from sandbox.onec.values import EMPTY


def write_record(base: Base, entity: Entity, data: dict[str, Any]) -> Any:
    """The new record. Raises ODataError."""
    if "Recorder" in entity.keys:
        raise ODataError(405, 19, f'Запись в регистр "{entity.name}" без регистратора не поддерживается.')
    key = {name: _dimension(entity, name, data) for name in entity.keys}
    columns = base.columns(entity)
    for row in base.rows(entity):
        if all(columns[name].raw(row) == value for name, value in key.items()):
            raise ODataError(400, KEY_EXISTS, "Запись с такими ключевыми полями существует!")
    if entity.source == "prices":
        return _price(base, entity, data)
    record = Record()
    apply(record, writes(base, entity, data))
    base.world.records.setdefault(entity.source, []).append(record)
    base.world.revision += 1
    if entity.source == "barcodes":
        _barcode(base, record)
    return record


def _dimension(entity: Entity, name: str, data: dict[str, Any]) -> Any:
    one = entity.fields[name]
    if name not in data:
        if one.type in ("guid", "enum", "any"):
            return EMPTY[one.type]
        raise ODataError(400, REQUIRED, f'Не задано значение свойства "{name}".')
    return read_value(one, data[name])


def _price(base: Base, entity: Entity, data: dict[str, Any]) -> Any:
    read = {name: read_value(one, data[name]) for name, one in entity.fields.items() if name in data}
    world = {one.source: read[name] for name, one in entity.fields.items() if name in read}
    return base.world.set_price(
        world["price_type"], world["article"], world.get("amount", EMPTY["number"]), world["period"]
    )


def _barcode(base: Base, record: Record) -> None:
    """An article without a barcode has this one from now on."""
    article = base.world.articles.get(record.ref)
    if article is not None and not article.barcode:
        article.barcode = record.barcode
        base.world.records["barcodes"].remove(record)
        base.world.changed(article, by="odata")
