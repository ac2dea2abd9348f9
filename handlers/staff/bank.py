"""For finance: bank statements taken in, and payments that nobody knows yet: choose, split, set aside, return, undo."""

import re
from collections.abc import Awaitable
from contextlib import suppress

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.bank import BrokenStatement
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.money import Money
from bot.services.bank import LineView
from bot.services.money_moves import Who
from handlers.app import AppRouter, Ctx
from handlers.staff.bank_returns import return_screen
from handlers.staff.bank_screens import bank_screen, broken, line_screen, split_screen
from handlers.staff.finance import pressed, require_finance, written
from keyboards.bank_actions import (
    AskReturn,
    AskSplit,
    ChooseClient,
    MarkReturned,
    PutToOldest,
    SetAside,
    SetReturn,
    ShowBank,
    ShowLine,
    UndoLine,
    UndoReturn,
)

router: AppRouter = AppRouter()
_SUM = re.compile(r"(?:(\d[\d ]*(?:[.,]\d{1,2})?) ?(?:грн|uah|₴)\.?|(\d+(?:[.,]\d{1,2})?)) (.*)", re.IGNORECASE)
"""A sum and words after it: with its unit as we write it, or a bare number."""


async def take_file(event: Event, ctx: Ctx) -> Screen:
    """A statement; what was taken in before has no effect."""
    require_finance(ctx)
    assert event.file is not None
    try:
        taken = await ctx.services.bank.take_sent(event.file.ref, event.file.name)
    except BrokenStatement as error:
        return Screen(broken(ctx.tr, error), show=Show.SEND)
    return bank_screen(ctx, await ctx.services.bank.overview(), taken)


@written(router, "bank")
async def ask_bank(_: Event, ctx: Ctx, __: str) -> Screen:
    return bank_screen(ctx, await ctx.services.bank.overview())


@written(router, "oplata")
async def ask_line(_: Event, ctx: Ctx, said: str) -> Screen:
    number, __ = _numbered(said)
    return line_screen(ctx, await ctx.services.bank.view(number))


@written(router, "podil")
async def type_split(event: Event, ctx: Ctx, said: str) -> Screen:
    number, words = _numbered(said)
    sums = [(name.casefold(), sum_) for name, sign, sum_ in (word.rpartition("=") for word in words) if sign]
    if len(sums) != len(words):
        raise Refused("not_a_split")
    return await _decided(ctx, number, ctx.services.bank.split(number, sums, _who(event)))


@written(router, "klient")
async def type_client(_: Event, ctx: Ctx, said: str) -> Screen:
    number, words = _numbered(said)
    return line_screen(ctx, await ctx.services.bank.find(number, " ".join(words)))


@pressed(router, ShowBank)
async def show_bank(_: Event, ctx: Ctx, action: ShowBank) -> Screen:
    return bank_screen(ctx, await ctx.services.bank.overview(action.page))


@pressed(router, ShowLine)
async def show_line(_: Event, ctx: Ctx, action: ShowLine) -> Screen:
    return line_screen(ctx, await ctx.services.bank.view(action.line))


@pressed(router, ChooseClient)
async def choose_client(event: Event, ctx: Ctx, action: ChooseClient) -> Screen:
    bank = ctx.services.bank
    return await _decided(ctx, action.line, bank.choose(action.line, action.client, action.mark, _who(event)))


@pressed(router, PutToOldest)
async def put_to_oldest(event: Event, ctx: Ctx, action: PutToOldest) -> Screen:
    chosen = ctx.services.bank.choose(action.line, action.client, action.mark, _who(event), oldest=True)
    return await _decided(ctx, action.line, chosen)


@pressed(router, SetAside)
async def set_aside(event: Event, ctx: Ctx, action: SetAside) -> Screen:
    return await _decided(ctx, action.line, ctx.services.bank.ignore(action.line, _who(event)))


@pressed(router, UndoLine)
async def undo(event: Event, ctx: Ctx, action: UndoLine) -> Screen:
    return await _decided(ctx, action.line, ctx.services.bank.undo(action.line, action.booking, _who(event)))


@pressed(router, AskSplit)
async def ask_split(_: Event, ctx: Ctx, action: AskSplit) -> Screen:
    return split_screen(ctx, *await ctx.services.bank.opens(action.line, action.client))


@pressed(router, AskReturn)
async def ask_return(_: Event, ctx: Ctx, action: AskReturn) -> Screen:
    view = await ctx.services.bank.view(action.line)
    return return_screen(ctx, view) if view.returnable else line_screen(ctx, view)


@pressed(router, SetReturn)
async def set_return(event: Event, ctx: Ctx, action: SetReturn) -> Screen:
    asked = ctx.services.returning.ask(action.line, Money(action.kopiykas), action.reason.value, _who(event))
    return await _noted(ctx, action.line, asked)


@written(router, "platnyku")
async def type_return(event: Event, ctx: Ctx, said: str) -> Screen:
    """The command `/platnyku number sum reason`."""
    number, words = _numbered(said)
    found = _SUM.fullmatch(" ".join(words))
    if found is None:
        raise Refused("no_reason")
    sum_ = Money.read(found[1] or found[2])
    return await _noted(ctx, number, ctx.services.returning.ask(number, sum_, found[3], _who(event)))


@pressed(router, MarkReturned)
async def mark_returned(event: Event, ctx: Ctx, action: MarkReturned) -> Screen:
    done = ctx.services.returning.done(action.line, action.position, _who(event))
    return await _noted(ctx, action.line, done)


@pressed(router, UndoReturn)
async def undo_return(event: Event, ctx: Ctx, action: UndoReturn) -> Screen:
    undone = ctx.services.returning.undo(action.line, action.position, action.was, _who(event))
    return await _noted(ctx, action.line, undone)


async def _noted(ctx: Ctx, number: int, work: Awaitable[None]) -> Screen:
    """The line afterwards; whoever was slower sees what is done already."""
    ctx.about = f"№{number}"
    with suppress(Outdated):
        await work
    return line_screen(ctx, await ctx.services.bank.view(number))


async def _decided(ctx: Ctx, number: int, work: Awaitable[LineView]) -> Screen:
    """The line afterwards; whoever was slower sees what is done already."""
    try:
        return line_screen(ctx, await work)
    except Outdated:
        return line_screen(ctx, await ctx.services.bank.view(number))


def _who(event: Event) -> Who:
    return Who(event.sender.name, f"{event.sender.channel}:{event.sender.external_id}")


def _numbered(text: str) -> tuple[int, list[str]]:
    """The line's number and what follows it."""
    words = text.split()
    if not words or not re.fullmatch(r"№?\d{1,9}", words[0]):
        raise NotFound("bank line")
    return int(words[0].lstrip("№")), words[1:]
