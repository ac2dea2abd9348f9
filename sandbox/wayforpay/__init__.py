"""WayForPay from the other side: its API, the page where a person pays, its callbacks, on one machine."""

from sandbox.wayforpay.app import create_app

__all__ = ["create_app"]
