"""Keyboards about talks with the staff."""

from collections.abc import Sequence
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.domain.asking import Which
from bot.i18n import Translator
from keyboards.actions import Home
from keyboards.contract_actions import ShowClientsDocuments
from keyboards.desk_actions import (
    AskFinance,
    AskLink,
    AskOrder,
    HandBack,
    NoteNext,
    RequestRefund,
    SendCanned,
    SendDebtsLink,
    SendOrderLink,
    ShowCanned,
    ShowCardPayments,
    ShowPeople,
)
from keyboards.rows import numbers, pager
from keyboards.staff_actions import ShowPayment

CANNED = 6


def manager(tr: Translator, *, finance: bool) -> Rows:
    """Under the words that invite to ask."""
    start = Tap(tr.label("To the start"), Home())
    return ((Tap(tr.label("About money"), AskFinance()),), (start,)) if finance else ((start,),)


def asked(tr: Translator) -> Rows:
    return ((Tap(tr.label("To the start"), Home()),),)


def card(
    tr: Translator,
    topic: UUID,
    *,
    taken: bool,
    known: bool,
    pays: bool,
    keeps_people: bool,
    client: UUID | None = None,
) -> Rows:
    """Under the live card of a topic; what is done for a client needs one who is `known`.

    `client` is whose documents are signed here.
    """
    rows: Rows = (
        (Tap(tr.label("Internal note"), NoteNext(topic)), Tap(tr.label("Canned answers"), ShowCanned(topic))),
    )
    if known:
        order = Tap(tr.label("Order for the client"), AskOrder(topic))
        rows += ((order, Tap(tr.label("People"), ShowPeople(topic))),) if keeps_people else ((order,),)
    if known and pays:
        rows += (
            (
                Tap(tr.label("Send a pay link"), AskLink(topic)),
                Tap(tr.label("Give money back"), ShowCardPayments(topic)),
            ),
        )
    if client is not None:
        rows += ((Tap(tr.label("Documents"), ShowClientsDocuments(client)),),)
    return (*rows, (Tap(tr.label("Hand back to the bot"), HandBack(topic)),)) if taken else rows


def links(topic: UUID, orders: Sequence[UUID], debts: Sequence[tuple[Which, int]], at: int) -> Rows:
    """By the numbers of the list: orders, then debts with the marks of single ones."""
    for_orders = [SendOrderLink(topic, order, at) for order in orders]
    return numbers([*for_orders, *(SendDebtsLink(topic, which, mark, at) for which, mark in debts)])


def card_payments(topic: UUID, payments: Sequence[UUID], *, mine: bool) -> Rows:
    """By the numbers of the list; whoever may not move money asks finance."""
    return numbers([ShowPayment(one) if mine else RequestRefund(topic, one) for one in payments])


def canned(tr: Translator, topic: UUID, marks: Sequence[str], page: int, pages: int) -> Rows:
    """One for each text that is shown, by its number."""
    chosen = numbers([SendCanned(topic, mark) for mark in marks], page * CANNED + 1)
    return (*chosen, *pager(tr, page, pages, lambda at: ShowCanned(topic, at)))
