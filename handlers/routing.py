"""All handlers in one table."""

from handlers import (
    balance,
    cart,
    catalogue,
    checkout,
    contracts,
    desk,
    joining,
    menu,
    orders,
    prices,
    reminders,
    switches,
)
from handlers.app import AppRouter
from handlers.papers import invoice, statement
from handlers.papers import screens as papers
from handlers.staff import (
    bank,
    campaigns,
    differences,
    digest,
    figures,
    files,
    held,
    jobs,
    ladder,
    messages,
    money,
    requisites,
    templates,
    topic_money,
    topic_orders,
    topic_people,
    topics,
)
from handlers.staff import contracts as staff_contracts
from keyboards.menu import words


def build_router() -> AppRouter:
    """Every subject's handlers, and the words that work everywhere."""
    router: AppRouter = AppRouter()
    for subject in (
        menu, joining, desk, catalogue, cart, checkout, orders, prices, balance, papers, invoice, statement, switches,
        reminders, differences, held, jobs, messages, money, campaigns, digest, ladder, bank, topics, topic_money,
        topic_orders, topic_people, contracts, staff_contracts, files, templates, requisites, figures,
    ):  # fmt: skip
        router.include(subject.router)
    router.words(words())
    return router
