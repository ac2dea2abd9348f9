"""For finance: leaving a client alone, for a ready reason and time or for their own, typed as a command."""

import re
from datetime import timedelta

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.dispatch import KYIV
from bot.domain.errors import NotFound, Refused
from handlers.app import Ctx
from handlers.days import read_day
from handlers.staff.finance import pressed, written
from handlers.staff.holds import router
from handlers.staff.reminding import debtor_screen
from handlers.wording import paragraphs
from keyboards import reminders as keyboard
from keyboards.reminder_actions import AskExempt, AskExemptWhy, Exempt

__all__ = ["router"]
AHEAD = timedelta(days=30)
"""The end of the example."""
ENDLESS = frozenset({"-", "−", "–", "—"})
_SAID = re.compile(
    r"(?P<code>\S+)\s+(?:\+(?P<grace>\d{1,3})\s+)?(?:(?:до|по|until)\s+)?(?P<day>\S+)\s+(?P<why>.+)", re.I | re.S
)


@pressed(router, AskExempt)
async def ask_exempt(_: Event, ctx: Ctx, action: AskExempt) -> Screen:
    tr, view = ctx.tr, await ctx.services.forecasts.debtor(action.client)
    day = ctx.now.astimezone(KYIV).date() + AHEAD
    because = tr.label("the reason")
    command = f"/vyniatok {view.code} {day:%d/%m/%Y} {because}"
    text = paragraphs(
        tr.say("<b>{client}</b>: how is it to be left alone?", client=view.client),
        tr.say("With a day and a reason of your own: <code>{command}</code>", command=command) if view.code else None,
    )
    return Screen(text, keyboard.exempt_how(tr, action.client))


@pressed(router, AskExemptWhy)
async def ask_exempt_why(_: Event, ctx: Ctx, action: AskExemptWhy) -> Screen:
    view = await ctx.services.forecasts.debtor(action.client)
    text = ctx.tr.say("<b>{client}</b>: why? The client does not read it.", client=view.client)
    return Screen(text, keyboard.exempt_why(ctx.tr, action.client, action.grace, action.days))


@pressed(router, Exempt)
async def exempt(event: Event, ctx: Ctx, action: Exempt) -> Screen:
    if (action.grace, action.days) not in [(grace, days) for _, grace, days in keyboard.TERMS]:
        raise NotFound("term")
    until = ctx.now.astimezone(KYIV).date() + timedelta(days=action.days) if action.days else None
    await ctx.services.reminder_desk.exempt(action.client, action.grace, until, action.why.value, _by(event))
    return await debtor_screen(ctx, action.client)


@written(router, "vyniatok")
async def type_exemption(event: Event, ctx: Ctx, said: str) -> Screen:
    """The command `/vyniatok code day reason`; «+7» before the day is a grace, «-» instead of it is without an end."""
    found, desk = _SAID.fullmatch(said.strip()), ctx.services.reminder_desk
    if found is None:
        raise Refused("no_exemption")
    endless = found["day"] in ENDLESS
    until = None if endless else read_day(found["day"], ctx.now.astimezone(KYIV).date(), ahead=True)
    client, grace = await desk.called(found["code"]), int(found["grace"]) if found["grace"] else None
    await desk.exempt(client, grace, until, found["why"], _by(event))
    screen = await debtor_screen(ctx, client)
    return Screen(screen.text, screen.rows, show=Show.SEND)


def _by(event: Event) -> tuple[str, str]:
    return event.sender.name, f"{event.sender.channel}:{event.sender.external_id}"
