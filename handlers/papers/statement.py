"""A statement: what a client ordered and paid in the last months, and what is owed now, as a file."""

from collections.abc import Iterable, Iterator

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.db.statements import OrderedRow
from bot.domain.client import Buyer
from bot.domain.money import ZERO
from bot.domain.paper import Cell, Column, Fact, Form, Group, Paper
from bot.domain.receivable import Debt
from bot.i18n import KYIV, Translator
from bot.services.papers import Made
from bot.services.statements import AccountView, PaidRow, Statement
from handlers.app import AppRouter, Company, Ctx
from handlers.balance import payer
from handlers.papers.screens import attachment
from handlers.wording import lines, paragraphs
from keyboards import papers as keyboard
from keyboards.paper_actions import AskStatement, TakeStatement

router: AppRouter = AppRouter()
MONTHS = (3, 12)
"""What may be asked for: an old button or a typed one cannot have more read."""
NAMED = 3
Row = tuple[Cell, ...]


@router.tap(AskStatement)
async def ask_statement(_: Event, ctx: Ctx, __: AskStatement) -> Screen:
    text = paragraphs(
        ctx.tr.say("<b>Statement</b>: {client}", client=payer(ctx).name),
        ctx.tr.say("Your orders and payments of the last months and what is owed now, as a file."),
        ctx.tr.say("It is no reconciliation act: for one with signatures please ask the manager."),
    )
    return Screen(text, keyboard.statement(ctx.tr, MONTHS))


@router.tap(TakeStatement)
async def take_statement(event: Event, ctx: Ctx, action: TakeStatement) -> Screen:
    if action.months not in MONTHS:
        return await ask_statement(event, ctx, AskStatement())
    tr, view = ctx.tr, await ctx.services.statements.of(payer(ctx), action.months)
    said = paragraphs(
        tr.say("Statement from {since} to {on}.", since=f"{view.since:%d.%m.%Y}", on=f"{view.on:%d.%m.%Y}"),
        lines(*(tr.say("{word}: <b>{sum}</b>", word=word, sum=said) for word, said in _sums(tr, view))),
    )
    if view.empty:
        nothing = tr.say("There is nothing to put into it: no orders, no payments and no debts in this time.")
        return Screen(paragraphs(said, nothing), keyboard.statement(tr, MONTHS))
    return Screen(said, media=attachment(await _made(ctx, view, action.form)), show=Show.SEND)


async def drawn(ctx: Ctx, buyer: Buyer) -> Made:
    """The shortest one as PDF. Raises Forbidden; Unavailable where papers cannot be drawn just now."""
    return await _made(ctx, await ctx.services.statements.of(buyer, MONTHS[0]), Form.PDF)


async def _made(ctx: Ctx, view: Statement, form: Form) -> Made:
    name = f"{ctx.tr.label('Statement')} {view.client} {view.on:%d.%m.%Y}"
    return await ctx.services.papers.make(statement(ctx.tr, view, ctx.services.company), form, name)


def statement(tr: Translator, view: Statement, seller: Company) -> Paper:
    """What the books know, and in words what they do not."""
    facts: list[Fact] = [
        (tr.label("Client"), view.client),
        (tr.label("Period"), f"{view.since:%d.%m.%Y} – {view.on:%d.%m.%Y}"),
        *((word, sum_) for word, sum_ in _sums(tr, view)),
    ]
    account = view.account
    columns = (
        Column(tr.label("Date"), 22),
        Column(tr.label("Document"), 63),
        Column(tr.label("Due"), 28),
        Column(tr.label("Sum"), 31),
        Column(tr.label("Balance") if account else tr.label("Left to pay"), 44),
    )
    groups = (
        Group(tr.label("Settlements"), tuple(_settled(tr, view, account)) if account else ()),
        Group(tr.label("Owed now"), tuple(_debt(tr, debt) for debt in view.owed.debts)),
        Group(tr.label("Orders"), tuple(_order(tr, one) for one in view.orders)),
        Group(tr.label("Payments by link"), tuple(_payments(tr, view))),
    )
    held = tuple(group for group in groups if group.rows)
    title = tr.label("Statement")
    return Paper(tr.language, seller.name, title, tuple(facts), columns, tr.label("Section"), held, _notes(tr, view))


def _debt(tr: Translator, debt: Debt) -> Row:
    name = tr.document("order", debt.order_number, None) if debt.itself else None
    said = name or tr.document(debt.kind, debt.number, debt.dated)
    return (debt.dated, said, debt.due or "", debt.amount, debt.rest)


def _order(tr: Translator, order: OrderedRow) -> Row:
    day = order.placed_at.astimezone(KYIV).date()
    return (day, tr.document("order", order.number, None), "", order.total, "")


def _settled(tr: Translator, view: Statement, account: AccountView) -> Iterator[Row]:
    """From the opening balance to the closing one, each document with what the account stood at after it."""
    yield (account.settlements.since, tr.label("Opening balance"), "", "", account.opening)
    for one, balance in account.settlements.running():
        kind = "refund" if one.kind == "payment" and one.debit else one.kind
        yield (one.day, tr.document(kind, one.number or "—", one.day), "", one.change, balance)
    if account.pending:
        yield (view.on, tr.label("Came in, not in our accounts yet"), "", ZERO - account.pending, account.closing)
    yield (view.on, tr.label("Closing balance"), "", "", account.closing)


def _payments(tr: Translator, view: Statement) -> Iterator[Row]:
    """Where the account is told, payments stand in it."""
    for one in () if view.account else view.payments:
        yield from _payment(tr, one)


def _payment(tr: Translator, payment: PaidRow) -> Iterable[Row]:
    """What came in, and what went back of it."""
    day = payment.paid_at.astimezone(KYIV).date()
    names = [tr.document(*name) for name in payment.names]
    what = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        what = tr.label("{names} and {n} more", names=what, n=len(names) - NAMED)
    yield (day, tr.label("Card {card}: {what}", card=payment.card or "•", what=what), "", payment.charged, "")
    if payment.refunded:
        yield (day, tr.label("Of it given back"), "", ZERO - payment.refunded, "")


def _sums(tr: Translator, view: Statement) -> list[tuple[str, str]]:
    """What is said above the table and in the chat."""
    owed = view.owed
    account = view.account
    said = []
    if account is not None:
        said.append((tr.label("Balance on {day}", day=f"{account.settlements.since:%d.%m.%Y}"), account.opening))
        said.append((tr.label("Balance on {day}", day=f"{view.on:%d.%m.%Y}"), account.closing))
    said += [(tr.label("Owed on {day}", day=f"{view.on:%d.%m.%Y}"), owed.total)]
    said += [(tr.label("Overdue"), owed.overdue)] if owed.overdue else []
    said += [(tr.label("Paid ahead"), owed.advance)] if owed.advance else []
    said += [(tr.label("Ordered in this time"), view.ordered), (tr.label("Paid by link in this time"), view.paid)]
    return [(word, tr.money(sum_)) for word, sum_ in said]


def _notes(tr: Translator, view: Statement) -> tuple[str, ...]:
    """What the statement cannot know."""
    notes = [_of_account(tr, view)]
    if view.as_of is not None and view.as_of.at is not None:
        notes.insert(0, tr.label("Debts are as our accounts had them on {moment}.", moment=tr.moment(view.as_of.at)))
    elif view.as_of is not None:
        notes.insert(0, tr.label("Our accounts have not told of debts yet: only orders and payments are listed."))
    if not view.whole:
        notes.insert(0, tr.label("Only the last {n} orders fit here. The manager has the rest.", n=len(view.orders)))
    return tuple(notes)


def _of_account(tr: Translator, view: Statement) -> str:
    """What the account says, or why it is not told."""
    if view.account is not None:
        said = [
            tr.label(
                "A balance above zero is what the client owes, below zero what is paid ahead. Settlements are as our "
                "accounts have them now. It is no reconciliation act: for one with signatures please ask the manager."
            )
        ]
        if not view.account.agreed:
            said.append(
                tr.label("Something moved in our accounts just now: what is owed by document will follow in minutes.")
            )
        return " ".join(said)
    if view.asked:
        return tr.label(
            "Our accounts could not be asked just now, so there is no opening and no closing balance, and payments by "
            "transfer and in cash are not listed. Please ask for the statement again a little later."
        )
    return tr.label(
        "Payments by bank transfer and in cash are not listed: they are in what is left to pay of each document. "
        "Balances of earlier days are in our accounts: for a reconciliation act please ask the manager."
    )
