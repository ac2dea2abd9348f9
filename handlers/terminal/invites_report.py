"""What the terminal says of those who have no access yet, and of the invitations that went to them."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.access import Bar, CampaignReport, CampaignView, Outlook, Prospect
from bot.domain.dispatch import Way
from bot.domain.money import Money
from bot.i18n import KYIV
from bot.services.access import NO_MONEY
from handlers.wording import excerpt

WAYS = {Way.TELEGRAM: "Telegram", Way.VIBER: "Viber", Way.MAIL: "лист", Way.SMS: "SMS"}
BARS = {
    Bar.INVITED: "уже запрошено, посилання ще діє",
    Bar.NO_ADDRESS: "немає ні телефону, ні пошти",
    Bar.STOPPED: "телефон або пошта у стоп-листі",
    Bar.NO_WAY: "SMS чи пошту, якою можна написати, не під’єднано",
    Bar.COSTS: "коштує дорожче, ніж варте",
    Bar.SAME_PHONE: "той самий телефон, що в іншої людини",
}
REASONS = {
    "budget": "бюджет на місяць вичерпано",
    "unreachable": "немає адреси",
    "costs": "коштує дорожче, ніж варте",
    "bad_phone": "такого телефону немає",
    "opted_out": "людина відмовилася від повідомлень",
}
NAME = 28


def preview(found: Sequence[Prospect], outlook: Outlook, shown: int) -> list[str]:
    """A line for each of the first people, then the sums."""
    if not found:
        return ["Усі відомі люди клієнтів уже мають доступ."]
    more = [f"… і ще {len(found) - shown}; усі: --all"] if len(found) > shown else []
    return [*(_line(one) for one in found[:shown]), *more, "", *totals(outlook)]


def totals(outlook: Outlook) -> list[str]:
    """How many by which way, about what it costs, and how many are left out by what."""
    said = [
        f"Без доступу: {outlook.without_access}. Буде запрошено: {outlook.people}, приблизно {_money(outlook.cost)}"
    ]
    said += [f"  {WAYS[way]:<8} {count:>6}  {_money(cost)}" for way, (count, cost) in outlook.ways.items()]
    if outlook.bars:
        said += ["Не буде запрошено:", *(f"  {count:>6}  {BARS[bar]}" for bar, count in outlook.bars.items())]
    return said


def report(found: Sequence[CampaignReport]) -> list[str]:
    """Campaigns, the newest first."""
    if not found:
        return ["Розсилок запрошень ще не було. Кого буде запрошено: main.py invites preview"]
    return [line for one in found for line in (*_campaign(one), "")][:-1]


def begun(campaign: CampaignView) -> str:
    return f"{moment(campaign.started_at)}, {campaign.started_by or 'з термінала'}"


def moment(at: datetime) -> str:
    return f"{at.astimezone(KYIV):%d.%m.%Y %H:%M}"


def _line(one: Prospect) -> str:
    way = WAYS[one.way] if one.way else "—"
    why = _money(one.price) if one.bar is None else BARS[one.bar]
    name, client = excerpt(one.newcomer.name, NAME), excerpt(", ".join(one.newcomer.clients), NAME)
    return f"{client:<{NAME}}  {name:<{NAME}}  {way:<8}  {_address(one):<18}  {why}".rstrip()


def _address(one: Prospect) -> str:
    """Enough to know it again, and no more."""
    to = next((address.to for address in one.newcomer.addresses if address.way is one.way), "")
    name, at, host = to.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{to[-4:]}" if to else ""


def _campaign(one: CampaignReport) -> list[str]:
    failed = [f"    {count:>6}  {_why(why)}" for why, count in one.failed.items()]
    rows = {
        "запрошено": one.invited, "ще в дорозі": one.waiting, "надіслано": one.sent, "доставлено": one.delivered,
        "прочитано": one.seen, "уже не треба": one.needless, "не вдалося": sum(one.failed.values()),
    }  # fmt: skip
    return [
        f"{begun(one.campaign)}: {_state(one.campaign)}",
        *(f"  {name:<14} {count:>6}" for name, count in rows.items()),
        *failed,
        f"  {'увійшло':<14} {one.joined:>6}",
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
