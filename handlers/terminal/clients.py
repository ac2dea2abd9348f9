"""`main.py clients`: people by hand, until 1C gives them."""

from collections.abc import Sequence
from uuid import UUID

from bot.db.books import Books
from bot.domain.delivery import DeliveryRules
from bot.domain.directory import ClientRecord, PastOrder
from bot.domain.errors import BusinessError, NotFound
from bot.ports import Clock
from bot.process import CannotStart
from bot.services.directory import Directory
from bot.services.past_orders import PastOrders


async def take_in(
    books: Books, records: Sequence[ClientRecord], orders: Sequence[PastOrder], rules: DeliveryRules, now: Clock
) -> None:
    """Raises CannotStart."""
    try:
        await Directory(books).take_in(records)
    except NotFound as error:
        raise CannotStart(f"Немає типу цін {error}: спершу завантажте прайс.") from error
    past = PastOrders(books, rules, now)
    for order in orders:
        try:
            await past.take_in(order)
        except BusinessError as error:
            raise CannotStart(f"Замовлення клієнта {order.client}: {error} немає, далі не записано.") from error


async def person_with(books: Books, phone: str) -> UUID:
    """Raises CannotStart."""
    try:
        person = await Directory(books).person_with_phone(phone)
    except ValueError:
        raise CannotStart("Це не номер телефону. Приклад: main.py invite 0671234567") from None
    if person is None:
        raise CannotStart("Людини з таким телефоном серед клієнтів немає.")
    return person
