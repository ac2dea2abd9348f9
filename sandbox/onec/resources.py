"""What an address and a method mean: reading, writing, posting, virtual tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.onec.answers import Answer, Teller
from sandbox.onec.configuration import Entity
from sandbox.onec.errors import ODataError, exception, no_instance, unknown_entity, unknown_field, unknown_method
from sandbox.onec.infobase import Base
from sandbox.onec.metadata import metadata, set_names
from sandbox.onec.query.address import ORDER, Segment, function_arguments, key_of, segments
from sandbox.onec.query.options import Options
from sandbox.onec.query.select import selection
from sandbox.onec.quirks import Quirks
from sandbox.onec.reading import matching, page
from sandbox.onec.registers import write_record
from sandbox.onec.views import View, section_view, set_view, split_section
from sandbox.onec.virtual import virtual_view
from sandbox.onec.writing import Writer

READ = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: `body` is text, `headers` are the request's."""

    method: str
    path: str
    options: Options
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Resources:
    """The interface over one base."""

    base: Base
    quirks: Quirks
    root: str

    def answer(self, asked: Asked) -> Answer:
        """Raises ODataError."""
        found = segments(asked.path)
        if not found:
            return self._teller(asked).service(self._names())
        first = found[0].name
        if first == "$metadata":
            return self._metadata(asked)
        if first == "$batch":
            raise ODataError(501, 0, "Пакетные запросы не поддерживаются.")
        entity, section = self._entity(first)
        if section:
            return self._list(asked, section_view(self.base, entity, section), found[1:])
        if found[0].arguments and entity.is_object:
            key = key_of(found[0].arguments)
            return self._object(asked, entity, str(key.get("", key.get("Ref_Key", ""))), found[1:])
        if found[0].arguments:
            return self._record(asked, entity, key_of(found[0].arguments))
        return self._set(asked, entity, found[1:])

    def _teller(self, asked: Asked) -> Teller:
        return Teller(self.root, asked.options)

    def _names(self) -> list[str]:
        entities = self.base.configuration.entities.values()
        return [name for one in entities if one.name not in self.quirks.unpublished for name in set_names(one)]

    def _metadata(self, asked: Asked) -> Answer:
        if "json" in asked.options.given.get("$format", ""):
            raise ODataError(400, 0, "Формат JSON не поддерживается для документа метаданных.")
        text = metadata(self.base.configuration.profile, tuple(self.quirks.unpublished))
        return Answer(body=text, content_type="application/xml")

    def _entity(self, name: str) -> tuple[Entity, str]:
        entity, section = self.base.configuration.entities.get(name), ""
        if entity is None:
            entity, section = split_section(self.base, name) or (None, "")
        if entity is None or entity.name in self.quirks.unpublished:
            raise unknown_entity(name)
        return entity, section

    # -- a set

    def _set(self, asked: Asked, entity: Entity, rest: list[Segment]) -> Answer:
        if rest and rest[0].name in ORDER:
            if rest[0].name not in entity.functions or asked.method not in READ:
                raise unknown_method(rest[0].name)
            arguments = function_arguments(rest[0], asked.options.given)
            return self._list(asked, virtual_view(self.base, entity, rest[0].name, arguments), rest[1:])
        if asked.method == "POST" and not rest:
            return self._create(asked, entity)
        return self._list(asked, set_view(self.base, entity), rest)

    def _list(self, asked: Asked, view: View, rest: list[Segment]) -> Answer:
        if asked.method not in READ:
            raise ODataError(405, 19, "Метод не поддерживается для этого ресурса.")
        if rest and rest[0].name == "$count" and self.quirks.count_path:
            return Answer(
                body=str(len(matching(self.base, view, asked.options, self.quirks))), content_type="text/plain"
            )
        if rest:
            raise unknown_method(rest[0].name)
        answer = self._teller(asked).page(page(self.base, view, asked.options, self.quirks))
        limit = self.quirks.page_bytes_limit
        if limit is not None and len(answer.body.encode()) > limit:
            raise exception("Недостаточно памяти для выполнения запроса")
        return answer

    def _create(self, asked: Asked, entity: Entity) -> Answer:
        data = _data(asked)
        if not entity.is_object:
            row = write_record(self.base, entity, data)
            return self._whole(asked, entity, row, 200)
        row = self._writer(asked).create(entity, data)
        location = f"{self.root}{entity.name}(guid'{row.ref}')"
        return self._whole(asked, entity, row, 201, location)

    def _record(self, asked: Asked, entity: Entity, key: dict[str, Any]) -> Answer:
        """A record of a register by its dimensions."""
        if asked.method not in READ:
            raise ODataError(405, 19, "Метод не поддерживается для этого ресурса.")
        columns = self.base.columns(entity)
        for name in key:
            if name not in columns:
                raise unknown_field(name)
        for row in self.base.rows(entity):
            if all(columns[name].raw(row) == value for name, value in key.items()):
                return self._whole(asked, entity, row, 200)
        raise no_instance(entity.name)

    # -- an object

    def _object(self, asked: Asked, entity: Entity, ref: str, rest: list[Segment]) -> Answer:
        if rest and rest[0].name in entity.functions:
            return self._post(asked, entity, ref, rest[0].name)
        if rest:
            return self._inside(asked, entity, ref, rest)
        if asked.method in READ:
            return self._whole(asked, entity, self._require(entity, ref), 200)
        if asked.method == "DELETE":
            self._writer(asked).delete(entity, ref)
            return Answer(204)
        if asked.method not in ("PATCH", "MERGE", "PUT"):
            raise ODataError(405, 19, "Метод не поддерживается для этого ресурса.")
        row = self._writer(asked).change(entity, ref, _data(asked), whole=asked.method == "PUT")
        return self._whole(asked, entity, row, 200)

    def _post(self, asked: Asked, entity: Entity, ref: str, name: str) -> Answer:
        """GET posts too, as on live bases."""
        writer = self._writer(asked)
        (writer.post if name == "Post" else writer.unpost)(entity, ref)
        return Answer()

    def _inside(self, asked: Asked, entity: Entity, ref: str, rest: list[Segment]) -> Answer:
        """A section, a property, or what is over a reference."""
        row, name = self._require(entity, ref), rest[0].name
        if name in entity.sections:
            return self._list(asked, section_view(self.base, entity, name, row), rest[1:])
        columns = self.base.columns(entity)
        if name in columns and len(rest) == 1:
            return self._teller(asked).value(name, columns[name].wire(row))
        column = columns.get(f"{name}_Key")
        target = self.base.configuration.entities.get(column.field.targets[0]) if column else None
        if column is None or target is None:
            raise unknown_field(name)
        return self._object(asked, target, str(column.raw(row)), rest[1:])

    def _whole(self, asked: Asked, entity: Entity, row: Any, status: int, location: str = "") -> Answer:
        view = set_view(self.base, entity)
        select = asked.options.select if asked.method in READ else ""
        chosen = selection(self.base, view, select, "", asked.options.level)
        return self._teller(asked).one(view, chosen.json_of(row), status, location)

    def _require(self, entity: Entity, ref: str) -> Any:
        found = self.base.find(entity, ref)
        if found is None:
            raise no_instance(entity.name)
        return found

    def _writer(self, asked: Asked) -> Writer:
        return Writer(self.base, self.quirks, asked.headers)


def _data(asked: Asked) -> dict[str, Any]:
    try:
        read = json.loads(asked.body.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise exception("Ошибка разбора JSON") from error
    if not isinstance(read, dict):
        raise exception("Ошибка разбора JSON: ожидается объект")
    return read
