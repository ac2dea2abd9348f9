"""The Viber sandbox: the Viber Bot REST API from the other side, and a phone to play the person with."""

from sandbox.viber.app import create_app

__all__ = ["create_app"]
