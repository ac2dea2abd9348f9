"""TurboSMS from the other side: its API, phones with and without Viber that receive, and its callbacks."""

from sandbox.turbosms.app import create_app

__all__ = ["create_app"]
