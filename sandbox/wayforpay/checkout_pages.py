"""What the payer sees, as HTML."""

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Protocol

from aiohttp import web

from sandbox.wayforpay import order as at
from sandbox.wayforpay.cards import CARDS, WALLETS, Card
from sandbox.wayforpay.order import Order
from sandbox.wayforpay.pages import framed

SIGNS = {"UAH": "₴", "USD": "$", "EUR": "€"}
SHOWN_ITEMS = 30
ENDS = {
    at.APPROVED: ("good", "Оплачено", "Дякуємо! Магазин отримає підтвердження сам."),
    at.HELD: ("good", "Кошти заблоковано", "Банк притримав суму. Магазин спише її, коли підтвердить замовлення."),
    at.IN_PROCESSING: ("wait", "Платіж обробляється", "Банк ще не відповів. Магазин дізнається, щойно буде результат."),
    at.PENDING: (
        "wait",
        "Платіж перевіряють",
        "Перевірка буває тривалою. Не платіть удруге: магазин отримає результат.",
    ),
    at.DECLINED: ("bad", "Оплата не пройшла", ""),
    at.EXPIRED: ("bad", "Час на оплату минув", "Попросіть магазин виставити новий рахунок."),
    at.REFUNDED: ("wait", "Кошти повернуто", "Магазин повернув гроші на картку."),
    at.VOIDED: ("wait", "Блокування знято", "Кошти знову доступні на картці."),
    at.REFUND_WAITS: ("wait", "Повернення триває", "Гроші надійдуть на картку пізніше."),
    at.CREATED: ("wait", "Ще не оплачено", "Оплату можна почати знову."),
}
REFUSALS = {
    1101: "Банк відхилив платіж. Спробуйте іншу картку або зверніться до свого банку.",
    1104: "На картці бракує коштів. Поповніть її або візьміть іншу.",
    1108: "Підтвердження 3-D Secure не вдалося. Спробуйте ще раз.",
}


class Wrong(Protocol):
    """A field of the form and what is wrong with it."""

    @property
    def field(self) -> str: ...

    @property
    def words(self) -> str: ...


def money(amount: Decimal, currency: str) -> str:
    """1 234,50 ₴"""
    written = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")
    return f"{written}\u00a0{SIGNS.get(currency, currency)}"


def paying(
    order: Order,
    account: str,
    card: Card | None,
    *,
    root: str,
    typed: Mapping[str, str] | None = None,
    trouble: Wrong | None = None,
) -> web.Response:
    """The form; `card` is filled in, or what was typed stays."""
    filled = {"number": card.grouped, "expires": "12/30", "cvv": "123"} if card else dict(typed or {})
    body = _head(order, account) + _declined(order) + _wallets(order)
    if not order.wanted.systems or "card" in order.wanted.systems:
        body += _card_form(filled, trouble, order) + _tests(order)
    return framed(f"Оплата {money(order.amount, order.wanted.currency)}", body, root=root)


def three_ds(order: Order, *, root: str) -> web.Response:
    body = (
        f"<h1>Підтвердьте платіж</h1><p>{escape(order.bank or 'Банк')} просить підтвердити оплату "
        f"<b>{money(order.amount, order.wanted.currency)}</b> карткою {escape(order.card)}.</p>"
        "<form method='post' class='choices'><button class='main' name='do' value='confirm'>Підтвердити</button>"
        "<button name='do' value='refuse'>Відхилити</button>"
        "<button class='quiet' name='do' value='leave'>Повернутися до магазину</button></form>"
    )
    return framed("Підтвердження 3-D Secure", body, root=root)


def ended(order: Order, back: Mapping[str, str], *, root: str, again: str, hurry: bool) -> web.Response:
    """What came of it; the browser goes back to the shop, at once where `hurry`."""
    mood, title, words = ENDS[order.status]
    if order.removed:
        title, words = "Рахунок скасовано", "Магазин скасував цей рахунок. Платити за ним не можна."
    words = words or REFUSALS.get(order.code, "Банк відхилив платіж. Спробуйте іншу картку.")
    body = (
        f"<h1 class='{mood}'>{title}</h1><p class='sum'>{money(order.amount, order.wanted.currency)}</p><p>{words}</p>"
        + (f"<p><a class='button main' href='{escape(again)}'>Спробувати ще раз</a></p>" if again else "")
        + _way_back(order, back)
    )
    head = f'<script src="{escape(root)}/assets/back.js" defer></script>' if hurry and order.wanted.return_url else ""
    return framed(title, body, root=root, head=head)


def leaving(order: Order, back: Mapping[str, str], *, root: str) -> web.Response:
    """The payer changed their mind."""
    body = "<h1>Ви не оплатили</h1><p>Гроші не списано. Заплатити можна пізніше за тим самим посиланням.</p>"
    head = f'<script src="{escape(root)}/assets/back.js" defer></script>' if order.wanted.return_url else ""
    return framed("Ви не оплатили", body + _way_back(order, back), root=root, head=head)


def _way_back(order: Order, back: Mapping[str, str]) -> str:
    if not order.wanted.return_url:
        return "<p class='hint'>Вкладку можна закрити.</p>"
    fields = "".join(
        f"<input type='hidden' name='{escape(name)}' value='{escape(value)}'>" for name, value in back.items()
    )
    return (
        f"<form method='post' id='back' accept-charset='utf-8' action='{escape(order.wanted.return_url)}'>{fields}"
        "<button class='main'>Повернутися до магазину</button></form>"
    )


def _head(order: Order, account: str) -> str:
    rows = "".join(
        f"<li><span>{escape(name)}{'' if count == 1 else f' × {count:f}'}</span>"
        f"<span>{money(price * count, order.wanted.currency)}</span></li>"
        for name, price, count in order.wanted.items[:SHOWN_ITEMS]
    )
    more = len(order.wanted.items) - SHOWN_ITEMS
    rest = f"<li class='hint'>і ще {more}</li>" if more > 0 else ""
    return (
        f"<header><p class='shop'>{escape(order.wanted.domain)} <span class='hint'>{escape(account)}</span></p>"
        f"<h1 class='sum'>{money(order.amount, order.wanted.currency)}</h1>"
        f"<p class='hint'>Замовлення {escape(order.wanted.order_no or order.wanted.reference)}</p></header>"
        f"<ul class='items'>{rows}{rest}</ul>"
    )


def _declined(order: Order) -> str:
    if order.status != at.DECLINED:
        return ""
    words = REFUSALS.get(order.code, "Минула спроба не вдалася. Спробуйте іншу картку.")
    return f"<p class='note bad' role='alert'>{words}</p>"


def _wallets(order: Order) -> str:
    allowed = order.wanted.systems
    buttons = "".join(
        f"<button class='wallet' name='do' value='{name}'>{title}</button>"
        for name, title in WALLETS.items()
        if not allowed or name in allowed
    )
    return f"<form method='post' class='wallets'>{buttons}</form><p class='or'>або карткою</p>" if buttons else ""


def _card_form(filled: Mapping[str, str], trouble: Wrong | None, order: Order) -> str:
    number = _field("number", "Номер картки", "0000 0000 0000 0000", 23, filled, trouble)
    expires = _field("expires", "Строк дії", "ММ/РР", 7, filled, trouble)
    cvv = _field("cvv", "CVV2", "000", 3, filled, trouble)
    return (
        f"<form method='post' class='card' novalidate>{number}<div class='pair'>{expires}{cvv}</div>"
        f"<button class='main' name='do' value='card'>Сплатити {money(order.amount, order.wanted.currency)}</button>"
        "<button class='quiet' name='do' value='leave'>Відмовитися від оплати</button></form>"
    )


def _field(name: str, label: str, example: str, longest: int, filled: Mapping[str, str], trouble: Wrong | None) -> str:
    wrong = trouble if trouble and trouble.field == name else None
    said = f"<p class='wrong' id='wrong-{name}' role='alert'>{wrong.words}</p>" if wrong else ""
    mark = f" aria-invalid='true' aria-describedby='wrong-{name}' autofocus" if wrong else ""
    return (
        f"<div class='field'><label for='{name}'>{label}</label><input id='{name}' name='{name}' "
        f"value='{escape(filled.get(name, ''))}' placeholder='{example}' maxlength='{longest}' inputmode='numeric' "
        f"autocomplete='off'{mark}>{said}</div>"
    )


def _tests(order: Order) -> str:
    start = "?" if order.invoice else f"?vkh={order.id}&amp;"
    rows = "".join(
        f"<li><a href='{start}card={card.kind}'><span class='digits'>{card.grouped}</span> "
        f"<span class='hint'>{card.about}</span></a></li>"
        for card in CARDS.values()
    )
    return (
        "<section class='tests'><h2>Тестові картки</h2>"
        f"<p class='hint'>Натисніть, щоб підставити.</p><ul>{rows}</ul></section>"
    )
