"""Placeholder until the importer lands."""

from sqlalchemy import Connection


class PriceListTables:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
