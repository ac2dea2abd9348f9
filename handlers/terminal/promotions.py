"""`main.py promotions`: what each promotion has cost."""

from collections.abc import Sequence
from decimal import Decimal

import typer

from bot.db.books import Books
from bot.domain.money import Money, rounded, total
from bot.domain.promotion import VCHASNO, Applies, Cost
from bot.i18n import translator
from bot.services.promotion_costs import costs

NAMES = {
    Applies.ONLINE_ORDER: "замовлення в боті",
    Applies.ONLINE_PAYMENT: "оплата карткою",
    Applies.GRANT: "особиста знижка",
}
GRANTED = {VCHASNO: "реєстрація у «Вчасно»"}


async def report(books: Books) -> None:
    typer.echo("\n".join(written(await books.read(costs))))


def written(found: Sequence[Cost]) -> list[str]:
    """A line for each promotion in each month, then how much in all."""
    if not found:
        return ["Акції ще нічого не коштували."]
    head = f"{'Місяць':<8} {'Акція':<24} {'Замовлень':>9} {'Товарів':>18} {'Знижка':>16} {'Частка':>8}"
    lines = [head, *(_line(one) for one in found)]
    return [*lines, f"Разом знижок: {_money(total([one.discount for one in found]))}"]


def _line(one: Cost) -> str:
    name = f"{GRANTED.get(one.code, NAMES[one.applies])}{_since(one)}"
    share = rounded(Decimal(one.discount.kopiykas) * 100 / one.goods.kopiykas) if one.goods else Decimal(0)
    part = f"{share:.2f} %".replace(".", ",")
    return f"{one.month:<8} {name:<24} {one.orders:>9} {_money(one.goods):>18} {_money(one.discount):>16} {part:>8}"


def _since(one: Cost) -> str:
    """The first day tells two promotions of a kind apart."""
    begin = one.code.partition(":")[2]
    return f" з {begin[8:]}.{begin[5:7]}" if begin else ""


def _money(sum_: Money) -> str:
    return translator("uk").money(sum_)
