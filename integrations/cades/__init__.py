"""Containers of signatures, read: what was signed, and by whom by their own certificates."""

from integrations.cades.reading import read_container

__all__ = ["read_container"]
