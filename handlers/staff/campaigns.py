"""For managers: telling everybody something (a personal link, a price list, an offer), and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.campaign import PACE, Bar, CampaignReport, Outlook, Purpose, Wanted
from bot.domain.catalogue import page_count
from bot.domain.dispatch import Way
from bot.domain.errors import Outdated
from bot.domain.notice import MANAGERS
from bot.i18n import Translator, marked
from bot.services.campaigns import NO_MONEY, CampaignOutlook
from handlers.app import AppRouter, Ctx
from handlers.wording import excerpt, lines, paragraphs
from keyboards import campaigns as keyboard
from keyboards.rows import CHOICES
from keyboards.staff_actions import (
    AskCampaign,
    ChooseOffer,
    HaltCampaign,
    ShowCampaign,
    ShowMailings,
    ShowReports,
    StartCampaign,
)

router: AppRouter = AppRouter()
REPORTS = 3
REASONS = 5
NAME = 60
BOUNCED = "bounced"
MAILED = (Purpose.PRICE_LIST, Purpose.OFFER)
WAYS: Mapping[Way, str] = {
    Way.TELEGRAM: marked("Telegram"),
    Way.VIBER: marked("Viber"),
    Way.MAIL: marked("by letter"),
    Way.SMS: marked("by SMS"),
}
BARS: Mapping[Bar, str] = {
    Bar.TOLD: marked("has it already"),
    Bar.NO_ADDRESS: marked("neither a phone nor a mailbox is known"),
    Bar.STOPPED: marked("their phone or mailbox is in the stop list"),
    Bar.MUTED: marked("switched such messages off"),
    Bar.NO_WAY: marked("SMS or mail that would reach them is not set up"),
    Bar.COSTS: marked("it would cost more than it is worth"),
    Bar.SAME_PHONE: marked("the same phone as somebody else's in the list"),
}
INVITED: Mapping[Bar, str] = {**BARS, Bar.TOLD: marked("invited already, the link is still good")}
MAILED_TO: Mapping[Bar, str] = {**BARS, Bar.COSTS: marked("no way that costs nothing")}
WHY: Mapping[str, str] = {
    "budget": marked("the month's budget is spent"),
    "unreachable": marked("no address"),
    "costs": marked("it would cost more than it is worth"),
    "bad_phone": marked("there is no such phone"),
    "opted_out": marked("the person wants no messages"),
    "old_data": marked("prices were old"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a purpose is spoken of: what stands above, and what is asked and promised before it begins."""

    heading: Callable[[Translator, Outlook], Markup]
    now: Callable[[Translator], Markup]
    not_now: Callable[[Translator], Markup]
    ask: Callable[[Translator, int], Markup]
    promise: Callable[[Translator], Markup]
    underway: Callable[[Translator], Markup]


def _without_access(tr: Translator, outlook: Outlook) -> Markup:
    if not outlook.all:
        return tr.say("<b>Every known person has access</b>")
    return tr.plural("<b>{n} person has no access yet</b>", "<b>{n} people have no access yet</b>", outlook.all)


WORDINGS: Mapping[Purpose, Wording] = {
    Purpose.ACCESS: Wording(
        _without_access,
        lambda tr: tr.say("Can be invited now:"),
        lambda tr: tr.say("Not invited now:"),
        lambda tr, n: tr.plural("<b>Invite {n} person?</b>", "<b>Invite {n} people?</b>", n),
        lambda tr: tr.say("Whoever joins meanwhile, and whoever is invited already, gets nothing."),
        lambda tr: tr.say("<b>Invitations are leaving.</b>"),
    ),
    Purpose.PRICE_LIST: Wording(
        lambda tr, _: tr.say("<b>Price list to everybody who orders</b>"),
        lambda tr: tr.say("Will get it:"),
        lambda tr: tr.say("Will not get it now:"),
        lambda tr, n: tr.plural("<b>Send {n} price list?</b>", "<b>Send {n} price lists?</b>", n),
        lambda tr: tr.say("Everybody gets the goods and prices of their own client, as they are when it leaves."),
        lambda tr: tr.say("<b>Price lists are leaving.</b>"),
    ),
    Purpose.OFFER: Wording(
        lambda tr, _: tr.say("<b>Commercial offer to everybody who orders</b>"),
        lambda tr: tr.say("Will get it:"),
        lambda tr: tr.say("Will not get it now:"),
        lambda tr, n: tr.plural("<b>Send {n} offer?</b>", "<b>Send {n} offers?</b>", n),
        lambda tr: tr.say("Everybody gets the goods and prices of their own client, as they are when it leaves."),
        lambda tr: tr.say("<b>Offers are leaving.</b>"),
    ),
}


@router.staff(MANAGERS, ShowMailings)
async def show_mailings(_: Event, ctx: Ctx, __: ShowMailings) -> Screen:
    text = paragraphs(
        ctx.tr.say("<b>Price lists and offers to everybody who orders</b>"),
        ctx.tr.say(
            "Each is drawn at the client's own prices and leaves where it costs nothing: in Telegram, in Viber once "
            "the person has written there, by letter. You see how many get it before anything is sent."
        ),
    )
    return Screen(text, keyboard.mailings(ctx.tr))


@router.staff(MANAGERS, ChooseOffer)
async def choose_offer(_: Event, ctx: Ctx, action: ChooseOffer) -> Screen:
    found = await ctx.services.price_sheets.categories(ctx.tr.language)
    pages = page_count(len(found), CHOICES)
    page = min(max(action.page, 0), pages - 1)
    start = page * CHOICES
    text = ctx.tr.say("<b>Commercial offer</b>: of which category?")
    return Screen(text, keyboard.categories(ctx.tr, found[start : start + CHOICES], start + 1, page, pages))


@router.staff(MANAGERS, ShowCampaign)
async def show_campaign(_: Event, ctx: Ctx, action: ShowCampaign) -> Screen:
    return await _standing(ctx, action.purpose, action.category)


@router.staff(MANAGERS, AskCampaign)
async def ask_campaign(_: Event, ctx: Ctx, action: AskCampaign) -> Screen:
    view, tr = await ctx.services.campaigns.view(action.purpose), ctx.tr
    people, wording = view.outlook.people, WORDINGS[action.purpose]
    if view.running is not None or not people:
        return await _standing(ctx, action.purpose, action.category)
    text = paragraphs(
        wording.ask(tr, people),
        await _of_what(ctx, action.purpose, action.category),
        lines(*_ways(tr, view.outlook)),
        lines(
            tr.say("About {pace} an hour leave, by day only: {hours}.", pace=PACE, hours=_lasts(tr, people)),
            wording.promise(tr),
        ),
        _short_of_money(tr, view),
    )
    return Screen(text, keyboard.confirm(tr, action.purpose, action.category, people))


@router.staff(MANAGERS, StartCampaign)
async def start_campaign(_: Event, ctx: Ctx, action: StartCampaign) -> Screen:
    """A second press, of whoever, finds the first one's campaign; one of another number is asked anew."""
    wanted = Wanted(action.purpose, category=action.category)
    try:
        await ctx.services.campaigns.begin(wanted, ctx.event.sender.name, expected=action.people)
    except Outdated:
        return await ask_campaign(ctx.event, ctx, AskCampaign(action.purpose, action.category))
    return await _standing(ctx, action.purpose, action.category)


@router.staff(MANAGERS, HaltCampaign)
async def halt_campaign(_: Event, ctx: Ctx, action: HaltCampaign) -> Screen:
    await ctx.services.campaigns.halt(action.campaign, ctx.event.sender.name)
    return await show_reports(ctx.event, ctx, ShowReports(action.purpose))


@router.staff(MANAGERS, ShowReports)
async def show_reports(_: Event, ctx: Ctx, action: ShowReports) -> Screen:
    tr, mailed = ctx.tr, action.purpose in MAILED
    found = await ctx.services.campaigns.reports(MAILED if mailed else (Purpose.ACCESS,), REPORTS)
    if mailed:
        heading = tr.say("<b>What came of price lists and offers</b>")
        nothing = tr.say("Nothing has been sent from here yet.")
    else:
        heading = tr.say("<b>What came of the invitations</b>")
        nothing = tr.say("Nobody has been invited from here yet.")
    said = [await _report(ctx, one) for one in found] or [nothing]
    return Screen(paragraphs(heading, *said), keyboard.reports(tr, action.purpose))


async def _standing(ctx: Ctx, purpose: Purpose, category: UUID | None) -> Screen:
    view, tr, wording = await ctx.services.campaigns.view(purpose), ctx.tr, WORDINGS[purpose]
    outlook, running = view.outlook, view.running
    text = paragraphs(
        wording.heading(tr, outlook),
        await _of_what(ctx, purpose, running.campaign.category if running else category),
        lines(wording.now(tr), *_ways(tr, outlook)) if outlook.people else None,
        lines(wording.not_now(tr), *_bars(tr, purpose, outlook)) if outlook.bars else None,
        _short_of_money(tr, view),
        lines(_underway(tr, running), *_counts(tr, running)) if running else None,
    )
    rows = keyboard.campaign(
        tr, purpose, category, people=outlook.people, running=running.campaign.id if running else None
    )
    return Screen(text, rows)


def _underway(tr: Translator, running: CampaignReport) -> Markup:
    campaign = running.campaign
    begun = tr.say("Begun {at} by {name}.", at=tr.moment(campaign.started_at), name=_by(tr, campaign.started_by))
    return Markup("{} {}").format(WORDINGS[campaign.purpose].underway(tr), begun)


async def _of_what(ctx: Ctx, purpose: Purpose, category: UUID | None) -> Markup | None:
    if purpose is not Purpose.OFFER:
        return None
    if category is None:
        return ctx.tr.say("Of what each client takes most; whoever has not ordered yet gets none.")
    name = await ctx.services.price_sheets.name(category, ctx.tr.language)
    return ctx.tr.say("Category: <b>{name}</b>", name=name)


def _ways(tr: Translator, outlook: Outlook) -> list[Markup]:
    return [
        tr.say("• {way}: {count}, about {cost}", way=tr.label(WAYS[way]), count=count, cost=tr.money(cost))
        if cost
        else tr.say("• {way}: {count}, at no cost", way=tr.label(WAYS[way]), count=count)
        for way, (count, cost) in outlook.ways.items()
    ]


def _bars(tr: Translator, purpose: Purpose, outlook: Outlook) -> list[Markup]:
    words = INVITED if purpose is Purpose.ACCESS else MAILED_TO
    return [tr.say("• {why}: {count}", why=tr.label(words[bar]), count=count) for bar, count in outlook.bars.items()]


def _short_of_money(tr: Translator, view: CampaignOutlook) -> Markup | None:
    if view.left is None or view.outlook.cost <= view.left:
        return None
    return tr.say(
        "This month's budget for messages has {left} left: it is not enough for all, the rest stay for the next.",
        left=tr.money(view.left),
    )


def _lasts(tr: Translator, people: int) -> Markup:
    hours = -(-timedelta(hours=people / PACE) // timedelta(hours=1))
    return tr.plural("within {n} hour", "within {n} hours", max(hours, 1))


async def _report(ctx: Ctx, report: CampaignReport) -> Markup:
    tr, campaign = ctx.tr, report.campaign
    begun = tr.say("<b>{at}, {name}</b>", at=tr.moment(campaign.started_at), name=_by(tr, campaign.started_by))
    what = None if campaign.purpose is Purpose.ACCESS else WORDINGS[campaign.purpose].heading(tr, Outlook({}, {}))
    named = campaign.category and await _of_what(ctx, campaign.purpose, campaign.category)
    return lines(begun, what, named or None, *_counts(tr, report), _ended(tr, report))


def _counts(tr: Translator, report: CampaignReport) -> list[Markup | None]:
    reasons = sorted(report.failed.items(), key=lambda one: (-one[1], one[0]))
    failed = "; ".join(f"{_why(tr, why)}: {count}" for why, count in reasons[:REASONS])
    invited = report.campaign.purpose is Purpose.ACCESS
    return [
        tr.say(
            "Sent: {sent}, delivered: {delivered}, seen: {seen}.",
            sent=report.sent, delivered=report.delivered, seen=report.seen,
        ),
        tr.say("On their way: {count}.", count=report.waiting) if report.waiting else None,
        tr.say("Not brought: {count} ({reasons}).", count=sum(report.failed.values()), reasons=failed)
        if failed
        else None,
        tr.say("Nothing to send to: {count}.", count=report.needless) if report.needless and not invited else None,
        tr.say("<b>Joined: {joined} of {invited}.</b>", joined=report.joined, invited=report.told) if invited else None,
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
