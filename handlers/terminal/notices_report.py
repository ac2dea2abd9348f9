"""What the terminal says of notices; a phone or a mailbox is never shown whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.db.journal import JournalRow
from bot.domain.dispatch import DispatchState, Way
from bot.domain.notice import NoticeKind
from bot.i18n import KYIV, Translator, translator
from bot.services.journal import MonthFigures, WayFigures

STATES: Mapping[DispatchState, str] = {
    DispatchState.QUEUED: "у черзі",
    DispatchState.HELD: "притримано",
    DispatchState.SENDING: "надсилається",
    DispatchState.SENT: "надіслано",
    DispatchState.DELIVERED: "доставлено",
    DispatchState.SEEN: "прочитано",
    DispatchState.FAILED: "не вдалося",
    DispatchState.UNSURE: "невідомо",
    DispatchState.DROPPED: "не знадобилося",
}
WAYS: Mapping[Way | None, str] = {
    Way.TELEGRAM: "Telegram",
    Way.VIBER: "Viber",
    Way.MAIL: "Пошта",
    Way.SMS: "SMS",
    None: "без шляху",
}
KINDS: Mapping[NoticeKind, str] = {
    NoticeKind.ORDER_TAKEN: "введено замовлення",
    NoticeKind.ORDER_FOR: "замовлення від менеджера",
    NoticeKind.ORDER_CHANGED: "замовлення змінено",
    NoticeKind.ORDER_STATE: "стан замовлення",
    NoticeKind.PAY_LINK: "є що сплатити",
    NoticeKind.ORDER_HELD: "замовлення притримано",
    NoticeKind.ORDER_RELEASED: "замовлення відпущено",
    NoticeKind.ORDER_LINK: "посилання на оплату",
    NoticeKind.DEBTS_LINK: "посилання на оплату",
    NoticeKind.ORDER_PAID: "оплата надійшла",
    NoticeKind.ORDER_REFUNDED: "гроші повернуто",
    NoticeKind.PAYMENT_CAME: "оплата надійшла",
    NoticeKind.PAYMENT_BACK: "гроші повернуто",
    NoticeKind.TRANSFER_CAME: "переказ зараховано",
    NoticeKind.TRANSFER_UNDONE: "переказ зараховано помилково",
    NoticeKind.REMINDER: "нагадування про борги",
    NoticeKind.PROMISE_KEPT: "подяка за оплату",
    NoticeKind.TO_SIGN: "документ на підпис",
    NoticeKind.SIGNED: "документ підписано",
    NoticeKind.GRANTED: "подарована знижка",
    NoticeKind.PRICES_FELL: "замовлення подешевшало",
    NoticeKind.PRICES_MOVED: "питання про ціни",
    NoticeKind.ACCESS: "особисте посилання",
    NoticeKind.BACK_IN_STOCK: "з’явилося на складі",
    NoticeKind.PRICE_NEWS: "нові ціни",
    NoticeKind.PRICE_LIST: "прайс",
    NoticeKind.OFFER: "комерційна пропозиція",
}
REASONS: Mapping[str, str] = {
    "unreachable": "немає ні чату, ні пошти, ні телефону",
    "costs": "є лише шляхи, дорожчі, ніж варте це повідомлення",
    "budget": "бюджет місяця вичерпано",
    "not_theirs": "людина вже не діє від клієнта",
    "nothing_left": "на час надсилання вже не було про що казати",
    "old_data": "не дочекалося свіжих даних з 1С",
    "interrupted": "процес зупинився під час надсилання",
}


def listed(rows: Sequence[JournalRow]) -> list[str]:
    """A line each."""
    return [_line(row) for row in rows] or ["Повідомлень немає."]


def whole(row: JournalRow) -> list[str]:
    """One, with all that is known of it."""
    moments = {
        "Додано": row.queued_at,
        "Притримано до": row.due_at if row.state is DispatchState.HELD else None,
        "Надіслано": row.sent_at,
        "Закінчилося": row.arrived_at,
    }
    facts = {
        "Про що": row.about,
        "Куди": masked(row.way, row.address),
        "Не взяли": ", ".join(WAYS[way] for way in row.tried),
        "Ціна": _tr().money(row.price) if row.price else "",
        "Причина": REASONS.get(row.reason, row.reason),
    }
    return [
        _line(row),
        *(f"  {name}: {moment.astimezone(KYIV):%d.%m.%Y %H:%M:%S}" for name, moment in moments.items() if moment),
        *(f"  {name}: {value}" for name, value in facts.items() if value),
    ]


def cost(figures: MonthFigures) -> list[str]:
    """A line for every way, then the sums."""
    tr = _tr()
    return [
        f"Повідомлення за {figures.month:%m.%Y}",
        *(_way(tr, one) for one in figures.ways),
        f"Разом витрачено: {tr.money(figures.cost)}",
        f"безплатні повідомлення зекономили {tr.money(figures.saved)} проти SMS",
    ]


def masked(way: Way | None, address: str | None) -> str:
    """The end of a phone, the house of a mailbox; the id of a chat tells nobody anything."""
    if not address or way not in (Way.SMS, Way.MAIL):
        return ""
    if way is Way.SMS:
        return f"…{address[-4:]}"
    name, _, house = address.rpartition("@")
    return f"{name[:1]}…@{house}"


def _line(row: JournalRow) -> str:
    queued, who = _short(row.queued_at), ", ".join(filter(None, (row.person, row.client)))
    why = f"  ({REASONS.get(row.reason, row.reason)})" if row.reason else ""
    kind = KINDS.get(row.kind, row.kind.value)
    return f"{row.id}  {queued}  {STATES[row.state]:<14}  {WAYS[row.way]:<9}  {kind:<22}  {who}{why}"


def _way(tr: Translator, one: WayFigures) -> str:
    if one.way is None:
        return f"  {WAYS[None]}: не вдалося {one.failed}"
    unsure = f", невідомо {one.unsure}" if one.unsure else ""
    return (
        f"  {WAYS[one.way]}: надіслано {one.sent}, доставлено {one.delivered}, прочитано {one.seen},"
        f" не вдалося {one.failed}{unsure}; {tr.money(one.cost)}"
    )


def _short(moment: datetime) -> str:
    return f"{moment.astimezone(KYIV):%d.%m %H:%M}"


def _tr() -> Translator:
    return translator("uk")
