"""A signed contract of the café's, and the contracts that managers enter themselves."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx

from bot.domain.accounting import OutgoingContract
from bot.domain.money import Money
from tests.integration.onec.world import PASSWORD, USER, Base, Json

CONTRACTS = "Catalog_ДоговорыКонтрагентов"
CARDS = "Catalog_Контрагенты"
WORDS = "Підписано у Вчасно 27.11.2026, № 17/26, підписали: Коваль О. П.; Бойко І. В."
LINK = "https://edo.example/d/1"


async def signed(base: Base, **changes: Any) -> OutgoingContract:
    """For two weeks and 20,000 hryvnias, until the end of 2027."""
    said: Json = {
        "id": uuid4(),
        "client": await base.counterparty(),
        "number": "17/26",
        "dated": date(2026, 11, 27),
        "name": "Договір поставки № 17/26 від 27.11.2026",
        "signed_at": datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
        "words": WORDS,
        "link": LINK,
        "until": date(2027, 12, 31),
        "payment_days": 14,
        "credit_limit": Money.of("20000"),
    }
    return OutgoingContract(**said | changes)


def line_of(contract: OutgoingContract) -> str:
    return f"Комора [{contract.id.hex[:8]}]: {WORDS}; {LINK}"


async def entered(base: Base, **fields: Any) -> str:
    """A manager enters a contract of the café's, in the configuration `ut_ua`."""
    said = {"Owner_Key": await base.counterparty(), "Description": "Договір поставки", "ВидДоговора": "СПокупателем"}
    answer = await base.http.post(
        f"{base.address}/base/odata/standard.odata/{CONTRACTS}?$format=json",
        auth=httpx.BasicAuth(USER.encode(), PASSWORD.encode()),
        json=said | fields,
    )
    return str(answer.raise_for_status().json()["Ref_Key"])


async def contract_of(base: Base, ref: str) -> Json:
    return await base.raw(f"{CONTRACTS}(guid'{ref}')")


async def card_of(base: Base, client: str) -> Json:
    return await base.raw(f"{CARDS}(guid'{client}')")


async def contracts_of(base: Base) -> list[Json]:
    """The café's, in whatever order the base has them."""
    client = await base.counterparty()
    rows = (await base.raw(CONTRACTS))["value"]
    return [row for row in rows if client in (row.get("Owner_Key"), row.get("Owner"), row.get("Контрагент_Key"))]
