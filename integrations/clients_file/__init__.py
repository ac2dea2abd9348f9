"""Clients from a JSON file: the way in for a wholesaler whose 1C is not connected yet, and for the demo."""

from integrations.clients_file.reading import BrokenClients, read

__all__ = ["BrokenClients", "read"]
