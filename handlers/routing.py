"""All handlers in one table."""

from handlers import cart, catalogue, checkout, joining, menu, orders, prices
from handlers.app import AppRouter
from handlers.staff import differences, invites, jobs
from keyboards.menu import words


def build_router() -> AppRouter:
    """Every subject's handlers, and the words that work everywhere."""
    router: AppRouter = AppRouter()
    for subject in (menu, joining, catalogue, cart, checkout, orders, prices, differences, jobs, invites):
        router.include(subject.router)
    router.words(words())
    return router
