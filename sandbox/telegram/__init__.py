"""The Telegram sandbox: the Bot API from the other side, and a phone to play the person with."""

from sandbox.telegram.app import create_app

__all__ = ["create_app"]
