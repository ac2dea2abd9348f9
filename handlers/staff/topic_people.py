"""In a client's topic: people of the client, taken away, signed out, made one, and all that undone."""

from collections.abc import Mapping
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.notice import MANAGERS
from bot.domain.people_change import AccountView, ChangeKind, ChangeView, PersonView, Why
from bot.i18n import Translator, marked
from bot.services.desk_people import OneView, PeopleView, mark
from handlers.app import AppRouter, Ctx
from handlers.staff.relayed import CHANNELS
from handlers.staff.topics import staff_of
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import desk_people as keyboard
from keyboards.desk_actions import (
    AskMerge,
    AskMergeSure,
    AskSignOut,
    AskUnlink,
    Merge,
    ShowPeople,
    ShowPerson,
    SignOut,
    UndoChange,
    Unlink,
)

router: AppRouter = AppRouter()
SHOWN, UNDONE, NAMES, ACCOUNTS = 16, 3, 120, 6
DONE: Mapping[ChangeKind, str] = {
    ChangeKind.UNLINKED: marked("{person} was taken from the client ({why}); {name}, {moment}"),
    ChangeKind.SIGNED_OUT: marked("{person} was signed out of {channel} ({why}); {name}, {moment}"),
    ChangeKind.MERGED: marked("{other} became one with {person}; {name}, {moment}"),
}


@router.staff(MANAGERS, ShowPeople)
async def show_people(_: Event, ctx: Ctx, action: ShowPeople) -> Screen:
    return _people(ctx, await ctx.services.desk_people.view(action.topic, staff_of(ctx), ctx.now), Show.SEND)


@router.staff(MANAGERS, ShowPerson)
async def show_person(_: Event, ctx: Ctx, action: ShowPerson) -> Screen:
    view = await _one(ctx, action.topic, action.person)
    who = view.person
    accounts = who.accounts[:ACCOUNTS]
    text = paragraphs(
        _about(ctx.tr, who),
        numbered([_account(ctx.tr, one) for one in accounts]) if accounts else None,
        ctx.tr.say("Whoever is affected is told; it can be undone for a week."),
    )
    marks = [mark(one.key) for one in accounts]
    rows = keyboard.person(ctx.tr, view.topic.id, action.person, marks, others=bool(view.others))
    return Screen(text, rows)


@router.staff(MANAGERS, AskUnlink)
async def ask_unlink(_: Event, ctx: Ctx, action: AskUnlink) -> Screen:
    view = await _one(ctx, action.topic, action.person)
    text = ctx.tr.say(
        "Why is <b>{person}</b> taken from {client}? They will order nothing for it here, also when 1C names them.",
        person=view.person.name,
        client=view.topic.title,
    )
    return Screen(text, keyboard.why_unlink(ctx.tr, view.topic.id, action.person))


@router.staff(MANAGERS, Unlink)
async def unlink(_: Event, ctx: Ctx, action: Unlink) -> Screen:
    people = ctx.services.desk_people
    ctx.about = f"{await _named(ctx, action.topic, action.person)}: {action.why.name.lower()}"
    return _people(ctx, await people.unlink(ctx.turn, action.topic, staff_of(ctx), action.person, action.why))


@router.staff(MANAGERS, AskSignOut)
async def ask_sign_out(_: Event, ctx: Ctx, action: AskSignOut) -> Screen:
    view = await ctx.services.desk_people.view(action.topic, staff_of(ctx), ctx.now)
    ctx.about = view.topic.title
    text = ctx.tr.say("Why is this account signed out? To come in again they share their phone number.")
    return Screen(text, keyboard.why_sign_out(ctx.tr, view.topic.id, action.account))


@router.staff(MANAGERS, SignOut)
async def sign_out(_: Event, ctx: Ctx, action: SignOut) -> Screen:
    people = ctx.services.desk_people
    view = await people.sign_out(ctx.turn, action.topic, staff_of(ctx), action.account, action.why)
    ctx.about = f"{view.topic.title}: {action.why.name.lower()}"
    return _people(ctx, view)


@router.staff(MANAGERS, AskMerge)
async def ask_merge(_: Event, ctx: Ctx, action: AskMerge) -> Screen:
    view = await _one(ctx, action.topic, action.person)
    text = paragraphs(
        ctx.tr.say("<b>Who of them is {person} too?</b>", person=view.person.name),
        numbered([_about(ctx.tr, one) for one in view.others]) if view.others else None,
    )
    others = [mark(one.id) for one in view.others]
    return Screen(text, keyboard.merge(ctx.tr, view.topic.id, action.person, others))


@router.staff(MANAGERS, AskMergeSure)
async def ask_merge_sure(_: Event, ctx: Ctx, action: AskMergeSure) -> Screen:
    view = await _one(ctx, action.topic, action.person)
    other = next((one for one in view.others if mark(one.id) == action.other), None)
    if other is None:
        return await ask_merge(_, ctx, AskMerge(action.topic, action.person))
    text = paragraphs(
        ctx.tr.say("<b>Are these two one human?</b> The first stays and may do all that either may."),
        _about(ctx.tr, view.person),
        _about(ctx.tr, other),
    )
    return Screen(text, keyboard.sure(ctx.tr, view.topic.id, action.person, action.other))


@router.staff(MANAGERS, Merge)
async def merge(_: Event, ctx: Ctx, action: Merge) -> Screen:
    people = ctx.services.desk_people
    ctx.about = await _named(ctx, action.topic, action.person)
    return _people(ctx, await people.merge(ctx.turn, action.topic, staff_of(ctx), action.person, action.other))


@router.staff(MANAGERS, UndoChange)
async def undo(_: Event, ctx: Ctx, action: UndoChange) -> Screen:
    view = await ctx.services.desk_people.undo(ctx.turn, action.topic, staff_of(ctx), action.change)
    return _people(ctx, view)


def _people(ctx: Ctx, view: PeopleView, show: Show = Show.REPLACE) -> Screen:
    tr, shown, undone = ctx.tr, view.people[:SHOWN], view.changes[:UNDONE]
    ctx.about = ctx.about or view.topic.title
    text = paragraphs(
        tr.say("<b>People of {client}</b>", client=view.topic.title),
        numbered([_about(tr, one) for one in shown]) if shown else tr.say("Nobody acts for this client."),
        lines(tr.say("Can still be undone:"), numbered([_done(tr, one) for one in undone])) if undone else None,
    )
    marks = [mark(one.id) for one in shown]
    return Screen(text, keyboard.people(tr, view.topic.id, marks, [one.id for one in undone]), show=show)


def _about(tr: Translator, who: PersonView) -> Markup:
    """Name, the end of the phone, roles here, messengers, clients."""
    roles = [
        tr.label(words)
        for may, words in (
            (who.orders, marked("places orders")),
            (who.pays, marked("pays")),
            (who.signs, marked("signs")),
        )
        if may
    ]
    facts = [f"…{who.phone[-4:]}"] if who.phone else []
    facts += [*roles, *dict.fromkeys(CHANNELS.get(one.channel, one.channel) for one in who.accounts)]
    clients = excerpt("; ".join(who.clients), NAMES)
    return lines(
        Markup("<b>{}</b>: {}").format(who.name, ", ".join(facts)) if facts else Markup("<b>{}</b>").format(who.name),
        Markup("    {}").format(clients) if clients else None,
    )


def _account(tr: Translator, one: AccountView) -> Markup:
    seen = tr.label("seen {moment}", moment=tr.moment(one.seen_at)) if one.seen_at else ""
    facts = ", ".join(fact for fact in (one.name, seen) if fact)
    return Markup("{}: {}").format(CHANNELS.get(one.channel, one.channel), facts or "?")


def _done(tr: Translator, change: ChangeView) -> Markup:
    return tr.say(
        DONE[change.kind],
        person=change.person,
        other=change.other,
        channel=CHANNELS.get(change.channel, change.channel),
        why=tr.label(keyboard.REASONS[Why(change.why)]).lower() if change.why else "",
        name=change.by_name,
        moment=tr.moment(change.at),
    )


async def _one(ctx: Ctx, topic: UUID, person: int) -> OneView:
    view = await ctx.services.desk_people.one(topic, staff_of(ctx), person)
    ctx.about = view.topic.title
    return view


async def _named(ctx: Ctx, topic: UUID, person: int) -> str:
    """For the log."""
    view = await _one(ctx, topic, person)
    return f"{view.topic.title}, {view.person.name}"
