"""Who buys in these tests, and what each of their turns is."""

from itertools import count

from bot.domain.client import Buyer
from bot.domain.dialogue import Turn
from bot.domain.money import Money
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import uid

RANOK = Buyer(
    uid("Кафе «Ранок»"), "Кафе «Ранок»", uid("wholesale"), None, Money.of(500), orders=True, pays=True, signs=False
)
DNIPRO = Buyer(uid("Готель «Дніпро»"), "Готель «Дніпро»", uid("vip"), uid("no rice"), Money.of(500), True, True, False)
MILK, CREAM, BURRATA, GOUDA, FLOUR, RICE = (uid(sku) for sku in ("10661", "11011", "15662", "15700", "60010", "60020"))
OLENA, ANDRII, IRYNA = uid("Олена"), uid("Андрій"), uid("Ірина")
_events = count(1)


def turn(external_id: str = "olena=") -> Turn:
    """A new event of an account."""
    return Turn("viber", external_id, f"event {next(_events)}", MONDAY_MORNING)
