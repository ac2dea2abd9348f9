"""Vchasno from the other side: its API, real containers of signatures, and the pages where people sign."""

from sandbox.vchasno.app import create_app

__all__ = ["create_app"]
