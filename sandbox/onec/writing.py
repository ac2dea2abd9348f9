"""Creating, changing and deleting objects, with the program's own refusals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.onec import business
from sandbox.onec.configuration import Entity
from sandbox.onec.contacts import Contact
from sandbox.onec.errors import KEY_EXISTS, REQUIRED, ODataError, exception, no_instance
from sandbox.onec.incoming import apply, read_value, writes
from sandbox.onec.infobase import Base
from sandbox.onec.quirks import Quirks
from sandbox.onec.things import Address, Contract, Counterparty, Document, Order, Person, Thing, new_ref
from sandbox.onec.values import data_version
from sandbox.onec.world import KINDS

BY = "odata"


@dataclass(frozen=True, slots=True)
class Writer:
    """One write; `headers` are the request's."""

    base: Base
    quirks: Quirks
    headers: Mapping[str, str]

    def create(self, entity: Entity, data: dict[str, Any]) -> Any:
        """A new object. Raises ODataError."""
        if entity.source not in KINDS:
            raise ODataError(405, 19, f'Создание сущности "{entity.name}" не поддерживается.')
        thing = KINDS[entity.source](ref=self._key(entity, data))
        made = writes(self.base, entity, {**data, "Posted": False} if "Posted" in data else data)
        apply(thing, made)
        if entity.only:
            setattr(thing, *entity.only)
        if isinstance(thing, Document):
            thing.from_site, thing.date = True, thing.date or self.base.world.now()
        if isinstance(thing, Contract):
            thing.from_site = True
        self._complete(thing)
        self._check(thing)
        self.base.world.add(thing, BY)
        if data.get("Posted") is True:
            self.post(entity, thing.ref)
        return thing

    def change(self, entity: Entity, ref: str, data: dict[str, Any], whole: bool = False) -> Any:
        """Some properties, or with `whole` all of them. Raises ODataError."""
        thing = self._require(entity, ref)
        self._match(thing)
        if whole:
            _all_given(entity, data)
        if "Posted" in data:
            self._posting(entity, thing, data)
        made = writes(self.base, entity, {key: value for key, value in data.items() if key != "Posted"})
        if isinstance(thing, Document) and thing.posted and data.get("DeletionMark") is True:
            raise exception("Нельзя пометить на удаление проведенный документ")
        self._check(thing)
        business.withdraw(self.base.world, thing)
        apply(thing, made)
        self._complete(thing)
        business.move(self.base.world, thing)
        self._written(thing)
        return thing

    def _posting(self, entity: Entity, thing: Any, data: dict[str, Any]) -> None:
        wanted = read_value(entity.fields["Posted"], data["Posted"]) if "Posted" in entity.fields else False
        if isinstance(thing, Document) and wanted != thing.posted:
            if wanted:
                self.post(entity, thing.ref)
            else:
                self.unpost(entity, thing.ref)

    def delete(self, entity: Entity, ref: str) -> None:
        """Physically, at once; links to it stay. Raises ODataError."""
        thing = self._require(entity, ref)
        self._match(thing)
        if not thing.KIND:
            raise exception("Предопределенный элемент не может быть удален")
        self._check(thing)
        business.withdraw(self.base.world, thing)
        self.base.world.delete(ref, BY)

    def post(self, entity: Entity, ref: str) -> None:
        """Posts a document; a repeat posts again. Raises ODataError."""
        self._check(self._require(entity, ref))
        try:
            business.post(self.base.world, ref, BY)
        except business.Refusal as refusal:
            raise exception(str(refusal)) from refusal

    def unpost(self, entity: Entity, ref: str) -> None:
        """Takes the posting back. Raises ODataError."""
        self._check(self._require(entity, ref))
        business.unpost(self.base.world, ref, BY)

    # -- the parts

    def _key(self, entity: Entity, data: dict[str, Any]) -> str:
        if "Ref_Key" not in data or not self.quirks.honours_client_ref:
            return new_ref()
        ref = str(read_value(entity.fields["Ref_Key"], data["Ref_Key"]))
        if ref and self.base.world.find(ref) is not None:
            raise ODataError(400, KEY_EXISTS, f'Сущность "{entity.name}" с таким ключом уже существует.')
        return ref or new_ref()

    def _require(self, entity: Entity, ref: str) -> Any:
        thing = self.base.find(entity, ref)
        if thing is None:
            raise no_instance(entity.name)
        return thing

    def _match(self, thing: Thing) -> None:
        """If-Match is ignored by live bases; the guide promises 412."""
        given = re.sub(r'^W/|"', "", self.headers.get("If-Match", ""))
        if self.quirks.if_match == "412" and given not in ("", "*", data_version(thing.version)):
            raise ODataError(412, 0, "Версия данных объекта не совпадает с переданной.")

    def _check(self, thing: Any) -> None:
        """The handlers of the configuration, which a data load skips."""
        if not isinstance(thing, Document) or self.headers.get("1C_OData-DataLoadMode", "").lower() == "true":
            return
        closed, refused = self.quirks.closed_before, self.quirks.refuse_comment
        if closed and thing.date is not None and thing.date.date().isoformat() < closed:
            raise exception("Период закрыт для редактирования: дата документа раньше даты запрета изменения данных")
        if refused and refused in thing.comment:
            raise exception(
                "Ошибка при вызове метода контекста (Записать): операция отклонена обработчиком ПередЗаписью"
            )

    def _complete(self, thing: Any) -> None:
        """What follows from what was written."""
        if isinstance(thing, Counterparty | Person):
            _take_contacts(thing)
        if isinstance(thing, Order):
            self._take_state(thing)
        if isinstance(thing, Document):
            self._take_quantities(thing)
        partner = self.base.world.partners.get(thing.extra.get("Партнер_Key", "")) if isinstance(thing, Order) else None
        if partner is not None and not thing.counterparty:
            thing.counterparty = partner.client
        if isinstance(thing, Counterparty) and thing.partner in self.base.world.partners:
            self.base.world.partners[thing.partner].client = thing.ref

    def _take_state(self, order: Order) -> None:
        """A state that is a reference to a predefined item."""
        written = order.extra.pop("СостояниеЗаказа_Key", "")
        order.state = self.base.word_of("Catalog_СостоянияЗаказовПокупателей", written) or order.state

    def _take_quantities(self, document: Document) -> None:
        """Where rows have a quantity in packs and one in base units, the first counts."""
        for line in document.lines:
            pack = self.base.world.packs.get(line.pack)
            if "Количество" in line.extra:
                whole = line.extra.pop("Количество")
                line.coefficient = pack.coefficient if pack else line.coefficient
                line.quantity = line.quantity or whole / line.coefficient

    def _written(self, thing: Any) -> None:
        if thing.KIND:
            self.base.world.changed(thing, by=BY)
        else:
            thing.version += 1
            self.base.world.revision += 1


def _all_given(entity: Entity, data: dict[str, Any]) -> None:
    bound = {one.removesuffix("@odata.bind") + "_Key" for one in data if one.endswith("@odata.bind")}
    for name in entity.fields:
        if name not in data and name not in bound and name not in ("DataVersion", "Ref_Key"):
            raise ODataError(400, REQUIRED, f'Не задано значение свойства "{name}".')


def _take_contacts(thing: Counterparty | Person) -> None:
    """Contact information that a client wrote is what the object has from now on."""
    rows = thing.extra.get("КонтактнаяИнформация")
    if rows is None:
        return
    written: list[Contact] = list(rows)
    thing.phones = [one.text for one in written if one.type == "phone"]
    thing.emails = [one.text for one in written if one.type == "email"]
    if isinstance(thing, Counterparty):
        thing.addresses = [Address(one.text, one.comment) for one in written if one.type == "address"]
