"""Every button, command and file of the staff that there is, in the hands of those whom it is not for.

They are counted in the router, so that a new one is here too. What the managers may use beside another desk has to
stand in SHARED.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.conversation.action import Action
from bot.conversation.event import Event, File, Kind, Origin, Sender
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.models.table import Table
from bot.db.tx import Tx
from bot.domain.desk import Role
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS
from bot.domain.promises import HoldKind
from bot.services.bank import BankTerms
from handlers.routing import build_router
from keyboards.contract_actions import (
    AskWithdraw,
    FillAgain,
    ShowClientsDocuments,
    ShowEnvelope,
    ShowOpenDocuments,
    StartDocument,
    TakeEnvelope,
    Withdraw,
)
from keyboards.desk_actions import (
    AskDraftDay,
    AskDraftPoint,
    AskLink,
    AskOrder,
    ChooseDraftDay,
    ChooseDraftPoint,
    DraftFrom,
    DropDraft,
    HandBack,
    NoteNext,
    PlaceDraft,
    RequestRefund,
    SendCanned,
    SendDebtsLink,
    SendOrderLink,
    ShowCanned,
    ShowCardPayments,
    ShowDraft,
)
from keyboards.reminder_actions import (
    EndHold,
    ShowDebtor,
    ShowForecast,
    ShowHold,
    ShowHolds,
    ShowLadder,
    ShowLevel,
    ShowReminding,
    ShowSms,
)
from keyboards.staff_actions import ShowDebts, ShowFigures, TakeDebts, TakeFigures
from keyboards.template_actions import ShowRequisites
from tests.support.desk import open_office
from tests.support.gateway import Gateway
from tests.support.neutral import plain
from tests.support.wholesaler import uid

GROUP, STRANGERS = "-1001", "-999"
PLACES = {MANAGERS: GROUP, FINANCE: "-1002", LAWYERS: "-1003"}
TALKS: frozenset[type[Action]] = frozenset({HandBack, NoteNext, SendCanned, ShowCanned})
ACTS: frozenset[type[Action]] = frozenset(
    {
        AskDraftDay, AskDraftPoint, AskLink, AskOrder, ChooseDraftDay, ChooseDraftPoint, DraftFrom, DropDraft,
        PlaceDraft, RequestRefund, SendDebtsLink, SendOrderLink, ShowCardPayments, ShowDraft,
    }
)  # fmt: skip
"""From a client's topic; money is only asked of finance there."""
LOOKS: frozenset[type[Action]] = frozenset(
    {
        ShowDebts,
        TakeDebts,
        ShowFigures,
        TakeFigures,
        ShowDebtor,
        ShowForecast,
        ShowHold,
        ShowHolds,
        ShowLadder,
        ShowLevel,
        ShowReminding,
        ShowSms,
    }
)
DOCUMENTS: frozenset[type[Action]] = frozenset(
    {
        ShowClientsDocuments, ShowEnvelope, TakeEnvelope, ShowOpenDocuments, StartDocument, FillAgain, AskWithdraw,
        Withdraw, ShowRequisites,
    }
)  # fmt: skip
SHARED = TALKS | ACTS | LOOKS | DOCUMENTS | {EndHold}
"""The managers talk to clients, look at debts, reminders and figures, settle disputes, begin documents and orders."""
SHARED_COMMANDS = frozenset({"debts", "reminders", "dohovir", "rekvizyty", "stats", "zamov"})
NOTED = frozenset({"staff_acts", "staff_members", "accounts", "seen_events"})
"""Tables that say who was there."""
OUTSIDE = "Ця кнопка працює лише в тій групі працівників, для якої її створено."
ELSEWHERE = "Це для іншої групи працівників. Натисніть кнопку там."
READS = "Вам тут дозволено лише читати: нічого не зроблено."
ROUTER = build_router()
BUTTONS = sorted(ROUTER._staff, key=lambda one: (one[0], one[1].__name__))
COMMANDS = sorted(ROUTER._commands)
OTHERS_BUTTONS = sorted({kind for desk, kind in BUTTONS if desk != MANAGERS} - SHARED, key=lambda one: one.__name__)
OTHERS_COMMANDS = sorted({name for desk, name in COMMANDS if desk != MANAGERS} - SHARED_COMMANDS)


class Groups:
    """The whole product with a group for every desk."""

    def __init__(self, shop: Books, folder: Path) -> None:
        staff = {place: desk for desk, place in PLACES.items()}
        self.books = shop
        self.office = open_office(
            shop, folder, staff=staff, gateway=Gateway(), bank=BankTerms(managers_too=False), topics=True
        )
        self._ids = count(1)

    async def presses(self, action: Action, place: str = "", who: str = "7") -> str:
        return await self._does(Kind.TAPPED, place, who, action=action.pack(), origin=Origin("1"))

    async def writes(self, text: str, place: str = "", who: str = "7") -> str:
        return await self._does(Kind.WROTE, place, who, text=text)

    async def sends(self, place: str, name: str = "виписка.csv") -> str:
        return await self._does(Kind.SENT_FILE, place, "7", file=File("document", name, 3, "ref"))

    async def log(self) -> list[tuple[str, str, str]]:
        since = self.office.clock() - timedelta(days=1)
        acts = await self.books.read(lambda tx: tx.staff.log(since, 1000))
        return [(act.what, act.about, act.outcome) for act in acts]

    async def everything(self) -> dict[str, list[str]]:
        """All that the books hold, but for who was there."""

        def read(tx: Tx) -> dict[str, list[str]]:
            tables = [one for one in Table.metadata.sorted_tables if one.name not in NOTED]
            return {one.name: sorted(str(row) for row in tx._connection.execute(select(one))) for one in tables}

        return await self.books.read(read)

    async def may_only_read(self, who: str) -> None:
        def meet(tx: Tx) -> None:
            tx.staff.meet("telegram", who, who, self.office.clock())
            tx.staff.set_role("telegram", who, Role.WATCHER)

        await self.books.write(meet)

    async def _does(self, kind: Kind, place: str, who: str, **more: Any) -> str:
        event = Event(
            f"e{next(self._ids)}", Sender("telegram", who, "Хтось"), kind, self.office.clock(), place=place, **more
        )
        screen: Screen | None = await self.office.pipeline.answer(event)
        return plain(screen.text) if screen else ""


@pytest.fixture
def groups(shop: Books, tmp_path: Path) -> Groups:
    return Groups(shop, tmp_path)


def sample(kind: type[Action]) -> Action:
    """A button as somebody might forge it: with an id, a number and a name that exist where they can."""
    hints = get_type_hints(kind)
    return kind(**{one.name: _value(hints[one.name]) for one in fields(kind)})


def _value(hint: Any) -> Any:
    kind = next(one for one in (get_args(hint) if isinstance(hint, UnionType) else (hint,)) if one is not type(None))
    known = {bool: True, int: 1, str: "uk", UUID: uid("Кафе «Ранок»"), date: date(2026, 11, 27)}
    return next(iter(kind)) if issubclass(kind, StrEnum) else known[kind]


def refused(whats: Sequence[str], about: str = "") -> list[tuple[str, str, str]]:
    return [(what, about, "refused") for what in whats]


def test_every_desk_has_buttons_and_commands_and_all_that_is_shared_exists() -> None:
    assert {desk for desk, _ in BUTTONS} == set(PLACES)
    assert {kind for desk, kind in BUTTONS if desk == MANAGERS} >= SHARED
    assert len(OTHERS_BUTTONS) >= 20
    assert {"bank", "platnyku", "slova", "vyniatok", "povernuty"} <= set(OTHERS_COMMANDS)


async def test_nobody_outside_the_groups_uses_any_button_of_the_staff(groups: Groups) -> None:
    before, kinds = await groups.everything(), sorted(ROUTER.staff_actions, key=lambda one: one.__name__)
    said = [await groups.presses(sample(kind)) for kind in kinds]
    assert [one.startswith(OUTSIDE) for one in said] == [True] * len(kinds)
    assert await groups.log() == refused([kind.__name__ for kind in kinds])
    assert await groups.everything() == before


async def test_a_message_of_the_staff_forwarded_to_strangers_does_nothing_there(groups: Groups) -> None:
    before, kinds = await groups.everything(), sorted(ROUTER.staff_actions, key=lambda one: one.__name__)
    assert [await groups.presses(sample(kind), STRANGERS) for kind in kinds] == [""] * len(kinds)
    assert await groups.log() == refused([kind.__name__ for kind in kinds], STRANGERS)
    assert await groups.everything() == before


async def test_a_command_or_a_file_is_heard_in_no_group_of_strangers(groups: Groups) -> None:
    before, names = await groups.everything(), sorted({name for _, name in COMMANDS})
    assert [await groups.writes(f"/{name} 1", STRANGERS) for name in names] == [""] * len(names)
    assert await groups.sends(STRANGERS) == ""
    assert (await groups.everything(), await groups.log()) == (before, [])


async def test_a_command_in_a_private_chat_is_answered_as_to_anybody(groups: Groups) -> None:
    names = sorted({name for _, name in COMMANDS})
    anybodys = await groups.writes("/nobodys 1")
    assert [await groups.writes(f"/{name} 1") for name in names] == [anybodys] * len(names)
    assert await groups.log() == []


async def test_a_manager_uses_no_button_command_or_file_of_finance_or_the_lawyers(groups: Groups) -> None:
    before = await groups.everything()
    said = [await groups.presses(sample(kind), GROUP) for kind in OTHERS_BUTTONS]
    said += [await groups.writes(f"/{name} 1", GROUP) for name in OTHERS_COMMANDS]
    said += [await groups.sends(GROUP, name) for name in ("виписка.csv", "договір.docx")]
    assert said == [ELSEWHERE] * len(said)
    whats = [
        *(kind.__name__ for kind in OTHERS_BUTTONS),
        *(f"/{name}" for name in OTHERS_COMMANDS),
        "sent_file",
        "sent_file",
    ]
    assert await groups.log() == refused(whats)
    assert await groups.everything() == before


async def test_the_managers_settle_disputes_and_nothing_else_that_keeps_reminders_back(groups: Groups) -> None:
    hold = uid("a hold")
    others = [kind for kind in HoldKind if kind is not HoldKind.DISPUTE]
    assert [await groups.presses(EndHold(kind, hold), GROUP) for kind in others] == [ELSEWHERE] * len(others)
    assert await groups.presses(EndHold(HoldKind.DISPUTE, hold), GROUP) != ELSEWHERE


@pytest.mark.parametrize("desk", [FINANCE, LAWYERS])
async def test_a_desk_uses_no_button_that_is_not_its_own(groups: Groups, desk: str) -> None:
    own = {kind for one, kind in BUTTONS if one == desk}
    kinds = sorted(ROUTER.staff_actions - own, key=lambda one: one.__name__)
    before = await groups.everything()
    assert [await groups.presses(sample(kind), PLACES[desk]) for kind in kinds] == [ELSEWHERE] * len(kinds)
    assert await groups.log() == refused([kind.__name__ for kind in kinds])
    assert await groups.everything() == before


@pytest.mark.parametrize("desk", sorted(PLACES))
async def test_somebody_who_may_only_read_uses_nothing_of_any_desk(groups: Groups, desk: str) -> None:
    await groups.may_only_read("7")
    before, place = await groups.everything(), PLACES[desk]
    kinds, names = [kind for one, kind in BUTTONS if one == desk], [name for one, name in COMMANDS if one == desk]
    said = [await groups.presses(sample(kind), place) for kind in kinds]
    said += [await groups.writes(f"/{name} 1", place) for name in names]
    said += [await groups.sends(place) for one in ROUTER._files if one == desk]
    assert [one.startswith(READS) for one in said] == [True] * len(said)
    files = ["sent_file" for one in ROUTER._files if one == desk]
    assert await groups.log() == refused([*(kind.__name__ for kind in kinds), *(f"/{one}" for one in names), *files])
    assert await groups.everything() == before
