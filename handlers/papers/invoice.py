"""An invoice: an order as a paper to pay by, in the chat and in the letters that ask to pay."""

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.client import Buyer
from bot.domain.errors import Refused
from bot.domain.money import ZERO
from bot.domain.order import OrderLineView, OrderView, State
from bot.domain.paper import Cell, Column, Fact, Form, Group, Paper
from bot.i18n import Translator
from bot.services.paid import Paid, order_due
from bot.services.papers import Made
from handlers.app import AppRouter, Company, Ctx
from handlers.orders import own_order
from handlers.papers.screens import attachment
from handlers.wording import lines
from keyboards.paper_actions import TakeInvoice

router: AppRouter = AppRouter()


@router.tap(TakeInvoice)
async def take_invoice(_: Event, ctx: Ctx, action: TakeInvoice) -> Screen:
    order = await own_order(ctx, action.order)
    if order.state is State.CANCELLED:
        raise Refused("order_final", state=order.state)
    made = await drawn(ctx, ctx.buyer, order)
    text = lines(
        ctx.tr.say("Invoice for order <b>{number}</b>.", number=order.number),
        ctx.tr.say("Total: <b>{total}</b>", total=ctx.tr.money(order.total)),
    )
    return Screen(text, media=attachment(made), show=Show.SEND)


async def drawn(ctx: Ctx, buyer: Buyer, order: OrderView) -> Made:
    """The file. Raises Unavailable where papers cannot be drawn just now."""
    tr, paid = ctx.tr, await ctx.services.payments.paid(order.id)
    name = tr.label("Invoice {number}", number=order.number)
    return await ctx.services.papers.make(invoice(tr, order, buyer, ctx.services.company, paid), Form.PDF, name)


def invoice(tr: Translator, order: OrderView, buyer: Buyer, seller: Company, paid: Paid) -> Paper:
    """What is to be paid, to whom, and what for."""
    facts: list[Fact] = [(tr.label("Date"), order.placed_at.date()), (tr.label("Supplier"), seller.name)]
    if seller.edrpou:
        facts.append((tr.label("EDRPOU code"), seller.edrpou))
    if seller.iban:
        facts.append((tr.label("IBAN"), seller.iban))
    facts += [
        (tr.label("Buyer"), buyer.name),
        (tr.label("Purpose of payment"), f"Оплата замовлення {order.number}"),
    ]
    columns = (
        Column(tr.label("Article number"), 19),
        Column(tr.label("Name"), 83),
        Column(tr.label("Quantity"), 29),
        Column(tr.label("Price"), 28),
        Column(tr.label("Sum"), 28),
    )
    group = Group(tr.label("Goods"), tuple(_row(tr, line) for line in order.lines))
    title = tr.label("Invoice {number}", number=order.number)
    notes = _sums(tr, order, paid)
    return Paper(tr.language, seller.name, title, tuple(facts), columns, tr.label("Goods"), (group,), notes)


def _row(tr: Translator, line: OrderLineView) -> tuple[Cell, ...]:
    return (line.sku, line.name, tr.quantity(line.quantity, line.packing, line.unit), line.price, line.amount)


def _sums(tr: Translator, order: OrderView, paid: Paid) -> tuple[str, ...]:
    said = [tr.label("Total: {total}", total=tr.money(order.total))]
    if order.discount:
        said.insert(0, tr.label("Discount: {sum}", sum=tr.money(order.discount)))
    if paid.kept > ZERO:
        said.append(tr.label("Paid: {sum}", sum=tr.money(paid.kept)))
        said.append(tr.label("Left to pay: {sum}", sum=tr.money(order_due(order, paid))))
    return tuple(said)
