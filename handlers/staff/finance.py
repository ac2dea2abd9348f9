"""What finance alone does: buttons and commands that the managers may use only where it has no group of its own."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.conversation.action import Action
from bot.conversation.event import Event
from bot.conversation.router import STAFF_ONLY
from bot.conversation.screen import Screen
from bot.domain.errors import Forbidden
from bot.domain.notice import FINANCE, MANAGERS
from handlers.app import AppRouter, Ctx

DESKS = (FINANCE, MANAGERS)
"""The desk that money concerns, and the one that stands in for it."""
A = TypeVar("A", bound=Action)
Pressed = Callable[[Event, Ctx, A], Awaitable[Screen]]
Said = Callable[[Event, Ctx, str], Awaitable[Screen]]


def pressed(router: AppRouter, action: type[A]) -> Callable[[Pressed[A]], Pressed[A]]:
    """Answers this button in the group of finance; in the managers' only where finance has none."""

    def register(handler: Pressed[A]) -> Pressed[A]:
        async def guarded(event: Event, ctx: Ctx, action: A) -> Screen:
            require_finance(ctx)
            return await handler(event, ctx, action)

        router.staff(DESKS, action)(guarded)
        return handler

    return register


def written(router: AppRouter, word: str) -> Callable[[Said], Said]:
    """Answers this command likewise."""

    def register(handler: Said) -> Said:
        async def guarded(event: Event, ctx: Ctx, words: str) -> Screen:
            require_finance(ctx)
            return await handler(event, ctx, words)

        router.command(DESKS, word)(guarded)
        return handler

    return register


def require_finance(ctx: Ctx) -> None:
    """Raises Forbidden."""
    apart = ctx.services.desk.has_finance or not ctx.services.bank.terms.managers_too
    if ctx.who.desk == MANAGERS and apart:
        raise Forbidden(STAFF_ONLY)
