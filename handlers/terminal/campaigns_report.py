"""What the terminal says of campaigns: whom one would reach, and what came of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaign import Bar, CampaignReport, CampaignView, Outlook, Prospect, Purpose
from bot.domain.dispatch import Way
from bot.domain.money import Money
from bot.i18n import KYIV
from bot.services.campaigns import NO_MONEY
from handlers.wording import excerpt

WAYS = {Way.TELEGRAM: "Telegram", Way.VIBER: "Viber", Way.MAIL: "лист", Way.SMS: "SMS"}
BARS = {
    Bar.TOLD: "уже має",
    Bar.NO_ADDRESS: "немає ні телефону, ні пошти",
    Bar.STOPPED: "телефон або пошта у стоп-листі",
    Bar.MUTED: "вимкнули такі повідомлення",
    Bar.NO_WAY: "SMS чи пошту, якою можна написати, не під’єднано",
    Bar.COSTS: "коштує дорожче, ніж варте",
    Bar.SAME_PHONE: "той самий телефон, що в іншої людини",
}
INVITED = {**BARS, Bar.TOLD: "уже запрошено, посилання ще діє"}
MAILED_TO = {**BARS, Bar.COSTS: "немає безплатного шляху"}
NOBODY = {Purpose.ACCESS: "Усі відомі люди клієнтів уже мають доступ."}
NONE_YET = {Purpose.ACCESS: "Розсилок запрошень ще не було. Кого буде запрошено: main.py invites preview"}
NAMES = {Purpose.ACCESS: "запрошення", Purpose.PRICE_LIST: "прайс", Purpose.OFFER: "комерційна пропозиція"}
REASONS = {
    "budget": "бюджет на місяць вичерпано",
    "unreachable": "немає адреси",
    "costs": "коштує дорожче, ніж варте",
    "bad_phone": "такого телефону немає",
    "opted_out": "людина відмовилася від повідомлень",
    "old_data": "ціни були застарілі",
}
NAME = 28


def preview(purpose: Purpose, found: Sequence[Prospect], outlook: Outlook, shown: int) -> list[str]:
    """A line for each of the first people, then the sums."""
    if not found:
        return [NOBODY.get(purpose, "Немає нікого, хто замовляє.")]
    more = [f"… і ще {len(found) - shown}; усі: --all"] if len(found) > shown else []
    return [*(_line(purpose, one) for one in found[:shown]), *more, "", *totals(purpose, outlook)]


def totals(purpose: Purpose, outlook: Outlook) -> list[str]:
    """How many by which way, about what it costs, and how many are left out by what."""
    cost = f"приблизно {_money(outlook.cost)}"
    if purpose is Purpose.ACCESS:
        said = [f"Без доступу: {outlook.all}. Буде запрошено: {outlook.people}, {cost}"]
    else:
        said = [f"Замовляють: {outlook.all}. Отримають: {outlook.people}, {cost}"]
    said += [f"  {WAYS[way]:<8} {count:>6}  {_money(cost)}" for way, (count, cost) in outlook.ways.items()]
    if outlook.bars:
        said += [
            "Не буде запрошено:" if purpose is Purpose.ACCESS else "Не отримають:",
            *(f"  {count:>6}  {_bar(purpose, bar)}" for bar, count in outlook.bars.items()),
        ]
    return said


def report(purpose: Purpose, found: Sequence[CampaignReport]) -> list[str]:
    """Campaigns, the newest first."""
    if not found:
        return [NONE_YET.get(purpose, "Розсилок прайсів ще не було. Кому можна надіслати: main.py mailings preview")]
    return [line for one in found for line in (*_campaign(one), "")][:-1]


def begun(campaign: CampaignView) -> str:
    return f"{moment(campaign.started_at)}, {campaign.started_by or 'з термінала'}"


def moment(at: datetime) -> str:
    return f"{at.astimezone(KYIV):%d.%m.%Y %H:%M}"


def _bar(purpose: Purpose, bar: Bar) -> str:
    return (INVITED if purpose is Purpose.ACCESS else MAILED_TO)[bar]


def _line(purpose: Purpose, one: Prospect) -> str:
    way = WAYS[one.way] if one.way else "—"
    why = _money(one.price) if one.bar is None else _bar(purpose, one.bar)
    name, client = excerpt(one.recipient.name, NAME), excerpt(", ".join(one.recipient.clients), NAME)
    return f"{client:<{NAME}}  {name:<{NAME}}  {way:<8}  {_address(one):<18}  {why}".rstrip()


def _address(one: Prospect) -> str:
    """Enough to know it again, and no more."""
    to = next((address.to for address in one.recipient.addresses if address.way is one.way), "")
    name, at, host = to.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{to[-4:]}" if to else ""


def _campaign(one: CampaignReport) -> list[str]:
    failed = [f"    {count:>6}  {_why(why)}" for why, count in one.failed.items()]
    invited = one.campaign.purpose is Purpose.ACCESS
    rows = {
        "запрошено" if invited else "людям": one.told, "ще в дорозі": one.waiting, "надіслано": one.sent,
        "доставлено": one.delivered, "прочитано": one.seen, "уже не треба": one.needless,
        "не вдалося": sum(one.failed.values()),
    }  # fmt: skip
    return [
        f"{begun(one.campaign)}: {NAMES[one.campaign.purpose]}, {_state(one.campaign)}",
        *(f"  {name:<14} {count:>6}" for name, count in rows.items()),
        *failed,
        *([f"  {'увійшло':<14} {one.joined:>6}"] if invited else []),
        f"  {'коштувало':<14} {_money(one.cost)}",
    ]


def _why(reason: str) -> str:
    if reason.startswith("bounced"):
        return f"лист повернувся {reason.removeprefix('bounced').strip()}".rstrip()
    return REASONS.get(reason, reason or "невідомо")


def _state(campaign: CampaignView) -> str:
    if campaign.ended_at is None:
        return f"триває, {campaign.pace} на годину"
    at = moment(campaign.ended_at)
    if campaign.ended_by == NO_MONEY:
        return f"завершено {at}: бюджет на місяць вичерпано"
    return f"зупинено {at} ({campaign.ended_by})" if campaign.ended_by else f"завершено {at}"


def _money(sum_: Money) -> str:
    return f"{sum_.amount:,.2f} грн".replace(",", " ").replace(".", ",")
