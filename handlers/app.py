"""What all handlers are written against."""

from dataclasses import dataclass
from pathlib import Path

from bot.conversation.context import Context
from bot.conversation.router import Router
from bot.services import Services


@dataclass(frozen=True, slots=True)
class Company:
    """The wholesaler as clients see it."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class App(Services):
    """The services, and what is the same on every screen."""

    company: Company
    media: Path


Ctx = Context[App]
AppRouter = Router[App]
