"""What a transaction body works with: one repository per aggregate over one connection."""

from functools import cached_property

from sqlalchemy import Connection

from bot.db.accounts import Accounts
from bot.db.carts import Carts
from bot.db.catalogue import Catalogue
from bot.db.clients import Clients
from bot.db.dialogues import Dialogues
from bot.db.inbox import InboxEvents
from bot.db.orders import Orders
from bot.db.pricelist import PriceListTables
from bot.db.upkeep import Upkeep


class Tx:
    """One transaction; a body is a plain function over it and cannot await, so nothing slow holds a lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self._connection)

    @cached_property
    def carts(self) -> Carts:
        return Carts(self._connection)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self._connection)

    @cached_property
    def clients(self) -> Clients:
        return Clients(self._connection)

    @cached_property
    def dialogues(self) -> Dialogues:
        return Dialogues(self._connection)

    @cached_property
    def inbox(self) -> InboxEvents:
        return InboxEvents(self._connection)

    @cached_property
    def orders(self) -> Orders:
        return Orders(self._connection)

    @cached_property
    def pricelist(self) -> PriceListTables:
        return PriceListTables(self._connection)

    @cached_property
    def upkeep(self) -> Upkeep:
        return Upkeep(self._connection)
