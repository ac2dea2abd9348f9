"""Keyboards about talks with the staff."""

from collections.abc import Sequence
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.i18n import Translator
from keyboards.actions import Home
from keyboards.desk_actions import AskFinance, HandBack, NoteNext, SendCanned, ShowCanned
from keyboards.rows import numbers, pager

CANNED = 6


def manager(tr: Translator, *, finance: bool) -> Rows:
    """Under the words that invite to ask."""
    start = Tap(tr.label("To the start"), Home())
    return ((Tap(tr.label("About money"), AskFinance()),), (start,)) if finance else ((start,),)


def asked(tr: Translator) -> Rows:
    return ((Tap(tr.label("To the start"), Home()),),)


def card(tr: Translator, topic: UUID, *, taken: bool) -> Rows:
    """Under the live card of a topic."""
    first = (Tap(tr.label("Internal note"), NoteNext(topic)), Tap(tr.label("Canned answers"), ShowCanned(topic)))
    return (first, (Tap(tr.label("Hand back to the bot"), HandBack(topic)),)) if taken else (first,)


def canned(tr: Translator, topic: UUID, marks: Sequence[str], page: int, pages: int) -> Rows:
    """One for each text that is shown, by its number."""
    chosen = numbers([SendCanned(topic, mark) for mark in marks], page * CANNED + 1)
    return (*chosen, *pager(tr, page, pages, lambda at: ShowCanned(topic, at)))
