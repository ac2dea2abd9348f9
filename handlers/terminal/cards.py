"""`main.py refund` and `main.py reconcile --cards`: money at the gateway, by hand."""

import getpass

import typer

from bot.db.books import Books
from bot.domain.errors import NotFound, Outdated, OutsideError, Refused
from bot.domain.money import Money
from bot.domain.money_move import MoveKind
from bot.ports import Clock, PaymentProvider
from bot.process import CannotStart
from bot.services.cards_reconciliation import CardReconciliation
from bot.services.money_moves import MoneyMoves, Wanted, Who


def require(gateway: PaymentProvider | None) -> PaymentProvider:
    """Raises CannotStart."""
    if gateway is None:
        raise CannotStart("WAYFORPAY__ACCOUNT: оплату карткою не під’єднано.")
    return gateway


async def refund(books: Books, now: Clock, reference: str, typed: str, reason: str) -> None:
    """Asks for it; the running product does it. Raises CannotStart."""
    moves = MoneyMoves(books, None, now)
    try:
        amount = Money.read(typed)
    except ValueError as error:
        raise CannotStart(f"{typed}: це не сума. Наприклад: 149.60") from error
    if not reason.strip():
        raise CannotStart("--reason: напишіть причину, її прочитає клієнт.")
    name = getpass.getuser()
    try:
        view = await moves.named(reference)
        wanted = Wanted(MoveKind.REFUND, amount, view.gone, "", reason.strip())
        await moves.ask(view.id, wanted, Who(name, f"terminal:{name}"))
    except NotFound as error:
        raise CannotStart(f"{reference}: такої оплати немає.") from error
    except Outdated as error:
        raise CannotStart("За цією оплатою вже щось повертають. Зачекайте й подивіться в групі.") from error
    except Refused as error:
        limit = error.values.get("limit")
        more = f" Повернути можна щонайбільше {limit.amount} грн." if isinstance(limit, Money) else ""
        raise CannotStart(f"Сума має бути більша за нуль і не більша за сплачене.{more}") from error
    typer.echo(f"Повертаємо {amount.amount} грн за {reference}. Про наслідок дізнаються група й клієнт.")


async def reconcile(books: Books, gateway: PaymentProvider, now: Clock) -> None:
    """Raises CannotStart."""
    try:
        found = await CardReconciliation(books, gateway, now).compare()
    except OutsideError as error:
        raise CannotStart(f"Шлюз не віддав списку ({error}). Перевірте: main.py check") from error
    typer.echo(
        f"Оплат у шлюзі за сім днів: {found.listed}, перепитаємо: {found.read_back}, невідомих нам: {found.strange}."
    )
