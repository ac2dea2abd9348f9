"""Documents by date: each once, and no page deep, whatever the days hold."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from integrations.onec.odata import documents
from integrations.onec.odata.client import OnecClient
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.pages import Pace
from tests.support.loopback import client, serving

START = datetime(2026, 1, 1)  # noqa: DTZ001
NOW = START + timedelta(days=90)
"""What comes after it is in the last window, that has no end."""


class Documents:
    """A set that understands windows and pages; remembers how deep it was asked to go."""

    def __init__(self, hours: list[int]) -> None:
        dated = [(START + timedelta(hours=hour), f"{number:04}") for number, hour in enumerate(hours)]
        self.rows = [{"Ref_Key": own, "Date": date.isoformat()} for date, own in sorted(dated)]
        self.deepest = 0

    async def answer(self, request: web.Request) -> web.Response:
        query = request.query
        rows = self.rows
        for part in query.get("$filter", "").split(" and "):
            _, operator, said = part.split(" ", 2) if part else ("", "", "")
            date = said.removeprefix("datetime'").removesuffix("'")
            rows = [
                row for row in rows if not part or (row["Date"] >= date if operator == "ge" else row["Date"] < date)
            ]
        if "desc" in query["$orderby"]:
            rows = rows[::-1]
        skip, top = int(query.get("$skip", "0")), int(query["$top"])
        self.deepest = max(self.deepest, skip)
        return web.json_response({"value": rows[skip : skip + top]})


async def read(hours: list[int], start: datetime = START, *, date_filter: bool = True) -> tuple[list[str], Documents]:
    there = Documents(hours)
    app = web.Application()
    app.router.add_get("/{path:.*}", there.answer)
    async with serving(app) as address, client() as http:
        said: dict[str, Any] = {"base_url": address, "user": "a", "password": SecretStr("b"), "profile": "ut_ua"}
        onec = OnecClient(OnecSettings(**said), http)
        pages = documents.since(onec, "Document_X", start, NOW, "", Pace(20), date_filter=date_filter)
        return [row["Ref_Key"] async for page in pages for row in page], there


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 3000), st.integers(100, 102)), max_size=120))
def test_every_document_comes_once_and_in_order_of_date(hours: list[int]) -> None:
    found, there = asyncio.run(read(hours))
    assert found == [row["Ref_Key"] for row in there.rows]


def test_a_busy_month_is_read_without_going_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "FULL_WINDOW", 50)
    found, there = asyncio.run(read([number // 3 for number in range(600)]))
    assert len(found) == len(set(found)) == 600
    assert there.deepest < 100


def test_a_moment_with_more_documents_than_a_window_holds_is_read_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "FULL_WINDOW", 50)
    found, _ = asyncio.run(read([5] * 300 + [6, 7]))
    assert len(found) == len(set(found)) == 302


@pytest.mark.parametrize("date_filter", [True, False])
def test_documents_from_before_are_left_out(date_filter: bool) -> None:
    hours = list(range(0, 480, 4))
    found, there = asyncio.run(read(hours, START + timedelta(days=10), date_filter=date_filter))
    late = [row["Ref_Key"] for row in there.rows if row["Date"] >= "2026-01-11T00:00:00"]
    assert sorted(found) == late
    assert len(late) == 60
