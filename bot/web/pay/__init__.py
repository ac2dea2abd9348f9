"""The page where a client pays, by card or by bank transfer: no login, no foreign resource, no need of JavaScript."""

from bot.web.pay.routes import pay_routes

__all__ = ["pay_routes"]
