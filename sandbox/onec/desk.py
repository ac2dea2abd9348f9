"""The control side of those who work in the base: documents, prices, stock, clients, orders by phone."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.onec import agreements, bodies, business, journal
from sandbox.onec.business import Refusal
from sandbox.onec.control import Route, body_of
from sandbox.onec.things import Counterparty
from sandbox.onec.world import first

if TYPE_CHECKING:
    from sandbox.onec.sandbox import Sandbox


TERMS = ("price_type", "payment_days", "credit_limit", "until")
"""What of a client is its main contract's."""


class Desk:
    """What a manager does in the program's window."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._world = sandbox.world

    def routes(self) -> list[Route]:
        return [
            ("GET", "/documents", self.documents, "?after=ID&kind=order|invoice|shipment|payment : newest first"),
            ("GET", "/documents/{ref}", self.document, "one document"),
            ("GET", "/contracts", self.contracts, "those written last first, with the comment of the client's card"),
            ("POST", "/documents/{ref}/post", self.act, "post"),
            ("POST", "/documents/{ref}/unpost", self.act, "unpost"),
            ("POST", "/documents/{ref}/mark", self.act, "mark for deletion"),
            ("POST", "/documents/{ref}/unmark", self.act, "take the mark off"),
            ("POST", "/documents/{ref}/state", self.state, "{state: accepted|shipped|closed|cancelled}"),
            ("POST", "/documents/{ref}/lines", self.lines, "{lines: [{line, quantity?, price?}]} : sums follow"),
            ("GET", "/articles", self.articles, "?q= : the first 50 by name or sku"),
            ("POST", "/prices", self.price, "{article, price_type, price}"),
            ("POST", "/stock", self.stock, "{article, quantity, warehouse?}"),
            ("GET", "/counterparties", self.counterparties, "?q= : the first 50 by name or code"),
            ("GET", "/debts", self.debts, "what clients owe by document, the oldest first"),
            ("POST", "/counterparties/{ref}", self.change_client, f"some of: {', '.join(bodies.Client.model_fields)}"),
            (
                "POST",
                "/orders",
                self.order,
                "{counterparty, lines: [{article, quantity, price?}], delivery_date?, comment?}",
            ),
            ("POST", "/payments", self.payment, "{counterparty, amount, documents?, purpose?, number?}"),
        ]

    async def debts(self, request: web.Request) -> web.Response:
        return web.json_response({"debts": journal.debts(self._world)})

    async def documents(self, request: web.Request) -> web.Response:
        after = request.query.get("after", "0")
        shown = journal.documents(
            self._world, int(after) if after.isdecimal() and len(after) < 16 else 0, request.query.get("kind", "")
        )
        return web.json_response({"documents": shown, "last": self._world.changes.last_id})

    async def contracts(self, request: web.Request) -> web.Response:
        shown = agreements.contracts(self._world)
        return web.json_response({"documents": shown, "last": self._world.changes.last_id})

    async def document(self, request: web.Request) -> web.Response:
        return self._shown(request.match_info["ref"])

    async def act(self, request: web.Request) -> web.Response:
        ref, action = request.match_info["ref"], request.path.rpartition("/")[2]
        if action in ("mark", "unmark"):
            business.mark(self._world, ref, action == "mark")
        else:
            (business.post if action == "post" else business.unpost)(self._world, ref)
        return self._shown(ref)

    async def state(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.State)
        business.set_state(self._world, request.match_info["ref"], wanted.state)
        return self._shown(request.match_info["ref"])

    async def lines(self, request: web.Request) -> web.Response:
        ref = request.match_info["ref"]
        for one in (await body_of(request, bodies.Lines)).lines:
            business.change_line(self._world, ref, one.line, one.quantity, one.price)
        return self._shown(ref)

    def _shown(self, ref: str) -> web.Response:
        return web.json_response(journal.document(self._world, business.require_document(self._world, ref)))

    async def articles(self, request: web.Request) -> web.Response:
        return web.json_response({"articles": journal.articles(self._world, request.query.get("q", ""))})

    async def price(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.Price)
        article = self._article(wanted.article)
        self._world.set_price(self._price_type(wanted.price_type), article, wanted.price)
        return web.json_response(journal.article(self._world, self._world.articles[article]))

    async def stock(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.Stock)
        article = self._article(wanted.article)
        warehouse = wanted.warehouse or first(self._world.warehouses)
        if warehouse not in self._world.warehouses:
            raise Refusal("Склад не знайдено")
        self._world.set_stock(warehouse, article, wanted.quantity)
        return web.json_response(journal.article(self._world, self._world.articles[article]))

    async def counterparties(self, request: web.Request) -> web.Response:
        return web.json_response({"counterparties": journal.counterparties(self._world, request.query.get("q", ""))})

    async def change_client(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.Client)
        client = self._client(request.match_info["ref"])
        given: dict[str, Any] = wanted.model_dump(exclude_none=True)
        if wanted.price_type is not None:
            given["price_type"] = self._price_type(wanted.price_type)
        contract = self._world.contracts.get(client.contract)
        terms = {name: given.pop(name) for name in TERMS if name in given}
        if "until" in terms:
            terms["until"] = datetime.combine(terms["until"], time())
        for name, value in given.items():
            setattr(client, name, value)
        if contract is not None and terms:
            for name, value in terms.items():
                setattr(contract, name, value)
            self._world.changed(contract)
        self._world.changed(client)
        return web.json_response(journal.counterparty(self._world, client))

    async def order(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.PhoneOrder)
        rows = [(self._article(one.article), one.quantity, one.price) for one in wanted.lines]
        date = wanted.delivery_date.replace(tzinfo=None) if wanted.delivery_date else None
        made = business.enter_order(
            self._world, self._client(wanted.counterparty).ref, rows, delivery_date=date, comment=wanted.comment
        )
        return self._shown(made.ref)

    async def payment(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.PaymentTaken)
        if any(one not in self._world.receivables for one in wanted.documents):
            raise Refusal("За документом немає боргу")
        made = business.take_payment(
            self._world, self._client(wanted.counterparty).ref, wanted.amount, documents=wanted.documents,
            purpose=wanted.purpose, incoming_number=wanted.number,
        )  # fmt: skip
        return self._shown(made.ref)

    # -- by reference, or by what people call it

    def _article(self, name: str) -> str:
        found = self._world.articles.get(name) or self._world.by_sku(name)
        if found is None:
            raise Refusal("Номенклатуру не знайдено")
        return found.ref

    def _price_type(self, name: str) -> str:
        for one in self._world.price_types.values():
            if name in (one.ref, one.name):
                return one.ref
        raise Refusal("Тип цін не знайдено")

    def _client(self, name: str) -> Counterparty:
        found = self._world.counterparties.get(name)
        found = found or next((one for one in self._world.counterparties.values() if one.edrpou == name), None)
        if found is None:
            raise Refusal("Контрагента не знайдено")
        return found
