"""What a person is told of without asking, and what of it they may switch off."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.notice import SWITCHED, Topic
from bot.i18n import marked
from handlers.app import AppRouter, Ctx
from handlers.wording import lines, paragraphs
from keyboards import menu as keyboard
from keyboards.notice_actions import ShowSwitches, SwitchTopic

router: AppRouter = AppRouter()
TOPICS: Mapping[Topic, tuple[str, str]] = {
    Topic.ORDERS: (marked("Orders"), marked("taken, on the way, delivered, cancelled")),
    Topic.MONEY: (marked("Money"), marked("what there is to pay, and payments that came in")),
    Topic.PRICES: (
        marked("Prices and stock"),
        marked("prices of what you usually take, goods you wait for, orders that became cheaper"),
    ),
}


@router.tap(ShowSwitches)
async def show_switches(_: Event, ctx: Ctx, __: ShowSwitches) -> Screen:
    return _screen(ctx, await ctx.services.switches.off(ctx.who.require_person()))


@router.tap(SwitchTopic)
async def switch_topic(_: Event, ctx: Ctx, action: SwitchTopic) -> Screen:
    """The button says what is to be, not the opposite of what is: pressed twice it does the same."""
    off = await ctx.services.switches.switch(ctx.turn, ctx.who.require_person(), action.topic, on=action.on)
    name = ctx.tr.label(TOPICS[action.topic][0])
    said = ctx.tr.label("{topic}: off", topic=name) if action.topic in off else ctx.tr.label("{topic}: on", topic=name)
    return replace(_screen(ctx, off), notice=said)


def _screen(ctx: Ctx, off: Collection[Topic]) -> Screen:
    tr = ctx.tr
    text = paragraphs(
        tr.say("<b>Notices</b>: what we tell you of by ourselves"),
        *(_topic(ctx, topic, on=topic not in off) for topic in SWITCHED),
        lines(
            tr.say("<b>Always told</b>, whatever is switched off:"),
            tr.say(
                "an order that the office entered or changed, prices that need your decision, money given back, "
                "your personal link."
            ),
        ),
    )
    return Screen(text, keyboard.switches(tr, off))


def _topic(ctx: Ctx, topic: Topic, *, on: bool) -> Markup:
    tr = ctx.tr
    name, meaning = (tr.label(words) for words in TOPICS[topic])
    state = tr.label("on") if on else tr.label("off")
    return Markup("<b>{}: {}</b>\n{}").format(name, state, meaning)
