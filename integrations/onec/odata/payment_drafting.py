"""A payment as the document that 1C keeps of it."""

import re
from collections.abc import Sequence
from typing import Any

from bot.domain.accounting import Kept, OutgoingPayment, PaymentPart
from bot.domain.money import Money
from integrations.onec.odata.bearings import Bearings, Buyer
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.drafting import MARK, Body, Draft
from integrations.onec.odata.literals import EMPTY_REF
from integrations.onec.odata.profile import PaymentTable, Profile
from integrations.onec.odata.refusals import Refusal
from integrations.onec.odata.values import ref

_BLANKS = re.compile(r"\s+")
_OPERATION = "receive"


def head(payment: OutgoingPayment) -> str:
    """What the document is found by, at the beginning of the comment.

    The gateway's reference alone would not do: a refund has that of its payment, and there may be several.
    """
    return f"{MARK} {_BLANKS.sub(' ', payment.reference).strip()} [{payment.id.hex[:8]}]"


def comment(payment: OutgoingPayment) -> str:
    """The most important first: 1C may cut the end."""
    parts = (
        head(payment),
        "повернення" if payment.refund else "",
        f"картка {payment.card}" if payment.card else "",
        f"комісія {_hryvnias(payment.fee)}" if payment.fee is not None else "",
        payment.slip.payer if payment.slip is not None else "",
        payment.purpose,
    )
    return "; ".join(_BLANKS.sub(" ", part).strip() for part in parts if part.strip())


async def draft(
    payment: OutgoingPayment, profile: Profile, table: PaymentTable, settings: OnecSettings, bearings: Bearings
) -> Draft:
    """Raises Rejected: unknown_client, over_allocated, and what `bearings` raise."""
    contract = await bearings.kept(profile.contract, payment.contract)
    buyer = await bearings.buyer(payment.client, contract)
    if buyer is None:
        raise Refusal(_OPERATION, "unknown_client", "")
    left_out = [Kept("contract", payment.contract, "")] if payment.contract and not contract else []
    said: dict[str, Any] = {
        "client": payment.client,
        "client_ref": payment.client,
        "client_type": _type(profile.counterparty.entity),
        "partner": buyer.partner or EMPTY_REF,
        "contract": buyer.contract or EMPTY_REF,
        "organization": await bearings.organization(),
        "currency": await bearings.currency() if table.has("currency") else EMPTY_REF,
        "operation": table.operations.get("refund" if payment.refund else "payment"),
        "total": payment.amount.amount,
        "card": table.cut("card", payment.card),
        "fee": payment.fee.amount if payment.fee is not None else None,
        "purpose": table.cut("purpose", payment.purpose),
        "comment": table.cut("comment", comment(payment)),
        **_slip(payment, table),
    }
    body: Body = {"Date": f"{payment.paid_at.astimezone(settings.zone):%Y-%m-%dT%H:%M:%S}", **table.always}
    body |= {table.name(word): value for word, value in said.items() if table.has(word) and value is not None}
    lines = _Lines(payment, buyer, profile, table, bearings, left_out)
    body[table.lines.entity] = [
        {"LineNumber": str(number), **await lines.of(part)} for number, part in enumerate(_parts(payment), 1)
    ]
    return Draft(body, tuple(left_out))


def _slip(payment: OutgoingPayment, table: PaymentTable) -> dict[str, Any]:
    """By these 1C's own client-bank finds the document, and does not enter the payment once more."""
    if payment.slip is None:
        return {}
    day = f"{payment.slip.day:%Y-%m-%d}T00:00:00"
    return {"slip_number": table.cut("slip_number", payment.slip.number), "slip_day": day, "paid_day": day}


def _parts(payment: OutgoingPayment) -> list[PaymentPart]:
    """The allocations, and what they leave: in 1C the lines must make up the sum."""
    parts = [part for part in payment.allocations if part.amount]
    rest = payment.amount - sum((part.amount for part in parts), Money(0, payment.amount.currency))
    if rest.kopiykas < 0 or any(part.amount.kopiykas < 0 for part in parts):
        raise Refusal(_OPERATION, "over_allocated", "")
    return [*parts, PaymentPart(None, None, rest)] if rest else parts


class _Lines:
    """What each part is for, as far as 1C knows it: a broken reference would be kept there without a word."""

    def __init__(
        self,
        payment: OutgoingPayment,
        buyer: Buyer,
        profile: Profile,
        table: PaymentTable,
        bearings: Bearings,
        left_out: list[Kept],
    ) -> None:
        self._client = ref(payment.client)
        self._buyer = buyer
        self._profile = profile
        self._table = table
        self._bearings = bearings
        self._left_out = left_out

    async def of(self, part: PaymentPart) -> Body:
        table, orders, contracts = self._table, self._profile.order.entity, self._profile.contract.entity
        order, _ = await self._found("order", part.order_ref, (orders,))
        document, entity = await self._found("document", part.document, (*self._profile.debt.kinds, contracts))
        contract = document if entity == contracts else self._buyer.contract
        if entity == orders:
            order = order or document
        if entity in (orders, contracts):
            document = None
        said: dict[str, Any] = {
            "contract": contract or EMPTY_REF,
            "partner": self._buyer.partner or EMPTY_REF,
            **_named("order", order, orders),
            **_named("document", document, entity),
            **_named("basis", document or order, entity if document else orders),
            "amount": part.amount.amount,
            "settled": part.amount.amount,
            "advance": document is None,
            "way": table.ways.get("document" if document else "account"),
        }
        fields = table.lines
        return {
            **table.line_always,
            **{fields.name(word): value for word, value in said.items() if fields.has(word) and value is not None},
        }

    async def _found(self, word: str, said: str | None, entities: Sequence[str]) -> tuple[str | None, str]:
        """The reference and its set. A debt that hangs on the client itself has no document to name."""
        own = ref(said)
        if not said or (own is not None and own == self._client):
            return None, ""
        entity = await self._bearings.kind_of(own, entities) if own else ""
        if not entity:
            self._left_out.append(Kept(word, said, ""))
            return None, ""
        return own, entity


def _named(word: str, own: str | None, entity: str) -> dict[str, str]:
    """A reference of a composite attribute goes with its type."""
    return {word: own, f"{word}_type": _type(entity)} if own else {}


def _type(entity: str) -> str:
    return f"StandardODATA.{entity}"


def _hryvnias(sum_: Money) -> str:
    return f"{sum_.amount:f} грн".replace(".", ",")
