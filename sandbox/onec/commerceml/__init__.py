"""CommerceML from the side of 1C: the base is the HTTP client of a site."""

from sandbox.onec.commerceml.exchange import Habits, exchange

__all__ = ["Habits", "exchange"]
