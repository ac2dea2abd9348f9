"""All handlers in one table."""

from handlers import cart, catalogue, checkout, joining, menu, orders
from handlers.app import AppRouter
from keyboards.menu import words


def build_router() -> AppRouter:
    """Every subject's handlers, and the words that work everywhere."""
    router: AppRouter = AppRouter()
    for subject in (menu, joining, catalogue, cart, checkout, orders):
        router.include(subject.router)
    router.words(words())
    return router
