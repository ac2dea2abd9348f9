"""What each configuration calls the things Komora needs: data in profiles/*.toml, checked when it is read."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.domain.order import State
from integrations.onec.odata.config import ProfileName

NAMES: tuple[ProfileName, ...] = ("ut_ua", "bas_ut", "unf", "bp")
Virtual = Literal["", "SliceLast", "Balance", "BalanceAndTurnovers"]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Attribute(_Data):
    """A field by its name there. `sure` is false for a name that nobody has seen in a live base yet.

    `length` is where 1C cuts a text; None for unlimited or unknown.
    """

    name: str
    optional: bool = False
    sure: bool = True
    length: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        return {"name": data} if isinstance(data, str) else data


class Table(_Data):
    """A set of entities, a section of one, or a virtual table of a register; fields by Komora's words for them.

    `account` is the code of the account that an accounting register is asked about.
    """

    entity: str
    optional: bool = False
    sure: bool = True
    virtual: Virtual = ""
    account: str = ""
    fields: Mapping[str, Attribute] = Field(default_factory=dict)

    def has(self, word: str) -> bool:
        return word in self.fields

    def name(self, word: str) -> str:
        """Empty where this configuration has no such field."""
        attribute = self.fields.get(word)
        return attribute.name if attribute else ""

    def read(self, row: Mapping[str, Any], word: str) -> Any:
        """None where the row or the configuration has no such field."""
        attribute = self.fields.get(word)
        return row.get(attribute.name) if attribute else None

    def cut(self, word: str, text: str) -> str:
        """The text as long as 1C keeps it."""
        attribute = self.fields.get(word)
        return text if attribute is None or attribute.length is None else text[: attribute.length]


class CardTable(Table):
    """Where a signed contract is told of: `written` are fields that are only written, and not read with the others."""

    written: Mapping[str, Attribute] = Field(default_factory=dict)

    def field(self, word: str) -> Attribute | None:
        return self.written.get(word) or self.fields.get(word)


class ContractTable(CardTable):
    """Contracts; `always` is what every new one of ours says."""

    always: Mapping[str, str | bool | int] = Field(default_factory=dict)


class States(_Data):
    """How a document tells its state: by an enumeration, by a catalogue's names, or by being posted alone."""

    by: Literal["value", "catalogue", "posted"] = "posted"
    names: Mapping[str, State] = Field(default_factory=dict)


class DocumentTable(Table):
    """A document that Komora writes: its lines, where our id fits in, and fields that are always the same."""

    lines: Table
    external_ids: tuple[Attribute, ...] = ()
    always: Mapping[str, str | bool | int] = Field(default_factory=dict)


class OrderTable(DocumentTable):
    """The order document and how it tells its state."""

    states: States = States()


class PaymentTable(DocumentTable):
    """The document of a payment, by card or by transfer; its lines say what is paid.

    `operations` tell a payment from a refund; `ways` how a line finds its debt, where the configuration wants to know.
    """

    operations: Mapping[Literal["payment", "refund"], str] = Field(default_factory=dict)
    ways: Mapping[Literal["document", "account"], str] = Field(default_factory=dict)
    line_always: Mapping[str, str | bool | int] = Field(default_factory=dict)


class Vat(_Data):
    """Values of the enumeration by percentage, or codes of the catalogue's items where it is one; '' is without VAT.

    `kinds` are percentages by kinds of rates, where articles tell only the kind.
    """

    names: Mapping[str, str]
    kinds: Mapping[str, Decimal] = Field(default_factory=dict)

    def written(self, rate: Decimal | None) -> str:
        """Empty where the configuration has no such rate."""
        return self.names.get("" if rate is None else f"{rate.normalize():f}", "")

    def read(self, name: str) -> Decimal | None:
        """None where it is without VAT or unknown."""
        rate = next((rate for rate, known in self.names.items() if known == name), "")
        return Decimal(rate) if rate else None


class DebtTable(Table):
    """The register of debts; `key_entity` is the catalogue of settlement keys where clients hide behind one."""

    kinds: Mapping[str, str] = Field(default_factory=dict)


class SettlementsTable(Table):
    """The same register's records: `amount` and `prepaid` are its resources without the suffixes of virtual tables."""

    kinds: Mapping[str, str] = Field(default_factory=dict)


class Profile(_Data):
    """One configuration."""

    name: ProfileName
    title: str
    vat: Vat
    order: OrderTable
    payment: PaymentTable
    bank: PaymentTable
    counterparty: CardTable
    contract: ContractTable
    partner: Table | None = None
    agreement: Table | None = None
    person: Table | None = None
    contact: Table
    contact_kind: Table | None = None
    contact_register: Table | None = None
    manager: Table | None = None
    article: Table
    unit: Table
    pack: Table | None = None
    barcode: Table | None = None
    characteristic: Table | None = None
    vat_rate: Table | None = None
    price_type: Table
    price: Table
    stock: Table
    warehouse: Table
    organization: Table
    currency: Table
    state: Table | None = None
    shipment: Table | None = None
    closing: Table | None = None
    debt: DebtTable
    debt_older: Table | None = None
    debt_key: Table | None = None
    settlements: SettlementsTable
    settlements_older: SettlementsTable | None = None
    account: Table | None = None

    def tables(self) -> Iterator[tuple[str, Table]]:
        """All of them by Komora's words, sections under the name of their owner."""
        for word in type(self).model_fields:
            table = getattr(self, word)
            if isinstance(table, Table):
                yield word, table


@cache
def load(name: ProfileName) -> Profile:
    """Raises ValueError where the data is wrong."""
    source = files("integrations.onec.odata").joinpath(f"profiles/{name}.toml").read_text("utf-8")
    return Profile.model_validate(tomllib.loads(source))
