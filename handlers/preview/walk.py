"""The way through every screen, subject by subject."""

from handlers.preview.backstage import Backstage
from handlers.preview.balance import pays_debts
from handlers.preview.bank import sorts_transfers
from handlers.preview.cart import fills_the_cart
from handlers.preview.catalogue import looks_for_goods
from handlers.preview.checkout import places_an_order
from handlers.preview.contracts import signs_documents
from handlers.preview.debts import looks_at_debts
from handlers.preview.desk import talks
from handlers.preview.desk_acts import acts
from handlers.preview.figures import looks_at_figures
from handlers.preview.holding import waits_for_the_gate
from handlers.preview.joining import joins
from handlers.preview.menu import looks_around
from handlers.preview.notices import hears_unasked
from handlers.preview.orders import returns_to_orders
from handlers.preview.papers import takes_papers
from handlers.preview.promotions import gets_discounts
from handlers.preview.reminders import reminds_of_debts
from handlers.preview.staff import looks_after_1c
from handlers.preview.stage import Cast, Preview, Stage
from handlers.preview.templates import keeps_templates
from handlers.preview.trouble import meets_trouble

PARTS = {
    "Знайомство": joins,
    "Меню": looks_around,
    "Каталог": looks_for_goods,
    "Кошик": fills_the_cart,
    "Оформлення": places_an_order,
    "Замовлення": returns_to_orders,
    "Прайс": takes_papers,
    "Повідомлення": hears_unasked,
    "Баланс": pays_debts,
    "Група фінансів": looks_at_debts,
    "Група менеджерів": looks_after_1c,
    "Розмови з менеджером": talks,
    "Негаразди": meets_trouble,
    "Знижки": gets_discounts,
    "Нагадування": reminds_of_debts,
    "Перекази": sorts_transfers,
    "Шаблони договорів": keeps_templates,
    "Договори": signs_documents,
    "Показники": looks_at_figures,
    "Притримані замовлення": waits_for_the_gate,
    "Дії з теми клієнта": acts,
}


async def walk(backstage: Backstage, cast: Cast) -> list[Preview]:
    """Every screen, in the order a person might meet them; the language is the desk's own.

    The books must be fresh: the walk leaves carts and orders behind. Raises LookupError where a button is missing.
    """
    stage = Stage(backstage, cast)
    for part, scene in PARTS.items():
        stage.part = part
        await scene(stage)
    return stage.album
