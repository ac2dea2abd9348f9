"""For managers: inviting the clients who have no access yet, and what came of it."""

from collections.abc import Mapping
from datetime import timedelta

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.access import PACE, Bar, CampaignReport, Outlook
from bot.domain.dispatch import Way
from bot.domain.errors import Outdated
from bot.domain.notice import MANAGERS
from bot.i18n import Translator, marked
from bot.services.access import NO_MONEY, AccessView
from handlers.app import AppRouter, Ctx
from handlers.wording import excerpt, lines, paragraphs
from keyboards import invites as keyboard
from keyboards.staff_actions import AskInvites, HaltInvites, ShowInvites, ShowReports, StartInvites

router: AppRouter = AppRouter()
REPORTS = 3
REASONS = 5
NAME = 60
BOUNCED = "bounced"
WAYS: Mapping[Way, str] = {
    Way.TELEGRAM: marked("Telegram"),
    Way.VIBER: marked("Viber"),
    Way.MAIL: marked("by letter"),
    Way.SMS: marked("by SMS"),
}
BARS: Mapping[Bar, str] = {
    Bar.INVITED: marked("invited already, the link is still good"),
    Bar.NO_ADDRESS: marked("neither a phone nor a mailbox is known"),
    Bar.STOPPED: marked("their phone or mailbox is in the stop list"),
    Bar.NO_WAY: marked("SMS or mail that would reach them is not set up"),
    Bar.COSTS: marked("it would cost more than it is worth"),
    Bar.SAME_PHONE: marked("the same phone as somebody else's in the list"),
}
WHY: Mapping[str, str] = {
    "budget": marked("the month's budget is spent"),
    "unreachable": marked("no address"),
    "costs": marked("it would cost more than it is worth"),
    "bad_phone": marked("there is no such phone"),
    "opted_out": marked("the person wants no messages"),
}


@router.staff(MANAGERS, ShowInvites)
async def show_invites(_: Event, ctx: Ctx, __: ShowInvites) -> Screen:
    return _standing(ctx, await ctx.services.access.view())


@router.staff(MANAGERS, AskInvites)
async def ask_invites(_: Event, ctx: Ctx, __: AskInvites) -> Screen:
    view, tr = await ctx.services.access.view(), ctx.tr
    people = view.outlook.people
    if view.running is not None or not people:
        return _standing(ctx, view)
    text = paragraphs(
        tr.plural("<b>Invite {n} person?</b>", "<b>Invite {n} people?</b>", people),
        lines(*_ways(tr, view.outlook)),
        lines(
            tr.say("About {pace} an hour leave, by day only: {hours}.", pace=PACE, hours=_lasts(tr, people)),
            tr.say("Whoever joins meanwhile, and whoever is invited already, gets nothing."),
        ),
        _short_of_money(tr, view),
    )
    return Screen(text, keyboard.confirm(tr, people))


@router.staff(MANAGERS, StartInvites)
async def start_invites(_: Event, ctx: Ctx, action: StartInvites) -> Screen:
    """A second press, of whoever, finds the first one's campaign; one of another number is asked anew."""
    try:
        await ctx.services.access.begin(ctx.event.sender.name, expected=action.people)
    except Outdated:
        return await ask_invites(ctx.event, ctx, AskInvites())
    return _standing(ctx, await ctx.services.access.view())


@router.staff(MANAGERS, HaltInvites)
async def halt_invites(_: Event, ctx: Ctx, action: HaltInvites) -> Screen:
    await ctx.services.access.halt(action.campaign, ctx.event.sender.name)
    return await show_reports(ctx.event, ctx, ShowReports())


@router.staff(MANAGERS, ShowReports)
async def show_reports(_: Event, ctx: Ctx, __: ShowReports) -> Screen:
    tr, found = ctx.tr, await ctx.services.access.reports(REPORTS)
    heading = tr.say("<b>What came of the invitations</b>")
    said = [_report(tr, one) for one in found] or [tr.say("Nobody has been invited from here yet.")]
    return Screen(paragraphs(heading, *said), keyboard.reports(tr))


def _standing(ctx: Ctx, view: AccessView) -> Screen:
    tr, outlook, running = ctx.tr, view.outlook, view.running
    heading = (
        tr.plural("<b>{n} person has no access yet</b>", "<b>{n} people have no access yet</b>", outlook.without_access)
        if outlook.without_access
        else tr.say("<b>Every known person has access</b>")
    )
    text = paragraphs(
        heading,
        lines(tr.say("Can be invited now:"), *_ways(tr, outlook)) if outlook.people else None,
        lines(tr.say("Not invited now:"), *_bars(tr, outlook)) if outlook.bars else None,
        _short_of_money(tr, view),
        lines(
            tr.say(
                "<b>Invitations are leaving.</b> Begun {at} by {name}.",
                at=tr.moment(running.campaign.started_at),
                name=_by(tr, running.campaign.started_by),
            ),
            *_counts(tr, running),
        )
        if running
        else None,
    )
    rows = keyboard.invites(tr, people=outlook.people, running=running.campaign.id if running else None)
    return Screen(text, rows)


def _ways(tr: Translator, outlook: Outlook) -> list[Markup]:
    return [
        tr.say("• {way}: {count}, about {cost}", way=tr.label(WAYS[way]), count=count, cost=tr.money(cost))
        if cost
        else tr.say("• {way}: {count}, at no cost", way=tr.label(WAYS[way]), count=count)
        for way, (count, cost) in outlook.ways.items()
    ]


def _bars(tr: Translator, outlook: Outlook) -> list[Markup]:
    return [tr.say("• {why}: {count}", why=tr.label(BARS[bar]), count=count) for bar, count in outlook.bars.items()]


def _short_of_money(tr: Translator, view: AccessView) -> Markup | None:
    if view.left is None or view.outlook.cost <= view.left:
        return None
    return tr.say(
        "This month's budget for messages has {left} left: it is not enough for all, the rest stay for the next.",
        left=tr.money(view.left),
    )


def _lasts(tr: Translator, people: int) -> Markup:
    hours = -(-timedelta(hours=people / PACE) // timedelta(hours=1))
    return tr.plural("within {n} hour", "within {n} hours", max(hours, 1))


def _report(tr: Translator, report: CampaignReport) -> Markup:
    campaign = report.campaign
    begun = tr.say("<b>{at}, {name}</b>", at=tr.moment(campaign.started_at), name=_by(tr, campaign.started_by))
    return lines(begun, *_counts(tr, report), _ended(tr, report))


def _counts(tr: Translator, report: CampaignReport) -> list[Markup | None]:
    reasons = sorted(report.failed.items(), key=lambda one: (-one[1], one[0]))
    failed = "; ".join(f"{_why(tr, why)}: {count}" for why, count in reasons[:REASONS])
    return [
        tr.say(
            "Sent: {sent}, delivered: {delivered}, seen: {seen}.",
            sent=report.sent, delivered=report.delivered, seen=report.seen,
        ),
        tr.say("On their way: {count}.", count=report.waiting) if report.waiting else None,
        tr.say("Not brought: {count} ({reasons}).", count=sum(report.failed.values()), reasons=failed)
        if failed
        else None,
        tr.say("<b>Joined: {joined} of {invited}.</b>", joined=report.joined, invited=report.invited),
        tr.say("Cost: {cost}.", cost=tr.money(report.cost)),
    ]  # fmt: skip


def _ended(tr: Translator, report: CampaignReport) -> Markup | None:
    campaign = report.campaign
    if campaign.ended_at is None:
        return tr.say("It goes on.")
    if campaign.ended_by == NO_MONEY:
        return tr.say("It ended {at}: the month's budget is spent.", at=tr.moment(campaign.ended_at))
    if campaign.ended_by:
        return tr.say("Stopped {at} by {name}.", at=tr.moment(campaign.ended_at), name=excerpt(campaign.ended_by, NAME))
    return tr.say("It ended {at}.", at=tr.moment(campaign.ended_at))


def _by(tr: Translator, name: str) -> str:
    return excerpt(name, NAME) if name else tr.label("the administrator")


def _why(tr: Translator, reason: str) -> str:
    if reason.startswith(BOUNCED):
        return tr.label("the letter came back")
    return tr.label(WHY[reason]) if reason in WHY else excerpt(reason, NAME) or tr.label("unknown")
