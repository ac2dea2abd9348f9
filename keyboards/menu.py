"""The permanent bottom menu, the words that do the same, and what stands behind More."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from bot.conversation.action import Action
from bot.conversation.screen import Rows, SharePhone, Tap
from bot.domain.notice import SWITCHED, Topic
from bot.i18n import LANGUAGES, Translator, marked, translator
from keyboards.actions import (
    ActFor,
    AskClient,
    AskLanguage,
    AskManager,
    AskSignOut,
    Browse,
    Home,
    More,
    Repeat,
    ShowCart,
    ShowOrders,
    SignOut,
    Speak,
    TypePhone,
)
from keyboards.contract_actions import ShowDocuments
from keyboards.notice_actions import ShowSwitches, SwitchTopic
from keyboards.paper_actions import AskPriceList
from keyboards.pay_actions import ShowBalance
from keyboards.rows import CHOICES, choices, pager

ORDER = marked("Order goods")
REPEAT = marked("Repeat")
CART = marked("Cart")
ORDERS = marked("My orders")
BALANCE = marked("My balance")
MANAGER = marked("Manager")
MORE = marked("More")
LANGUAGE = marked("Language")
TYPE_PHONE = marked("Type the number")
_MENU: tuple[tuple[tuple[str, Action], ...], ...] = (
    ((ORDER, Browse()), (REPEAT, Repeat()), (CART, ShowCart())),
    ((ORDERS, ShowOrders()), (BALANCE, ShowBalance())),
    ((MANAGER, AskManager()), (MORE, More())),
)


def menu(tr: Translator, cart_lines: int) -> tuple[tuple[Tap, ...], ...]:
    """The verbs that are never more than one tap away."""
    return tuple(
        tuple(Tap(tr.label(name), action, cart_lines if name == CART else 0) for name, action in row) for row in _MENU
    )


def words() -> dict[str, Action]:
    """What can be typed instead of a button, in every language."""
    known: dict[str, Action] = {"/start": Home(), "/cancel": Home(), "/menu": Home(), "/help": AskManager()}
    named = [pair for row in _MENU for pair in row]
    named += [
        (LANGUAGE, AskLanguage()),
        (TYPE_PHONE, TypePhone()),
        (marked("Back"), Home()),
        (marked("Cancel"), Home()),
    ]
    for language in LANGUAGES:
        tr = translator(language)
        known |= {tr.label(name): action for name, action in named}
    return known


def sharing(tr: Translator) -> Rows:
    """For somebody who has not joined yet."""
    return (
        (SharePhone(tr.label("Share my phone number")),),
        (Tap(tr.label(MANAGER), AskManager()), Tap(tr.label(LANGUAGE), AskLanguage())),
        (Tap(tr.label(TYPE_PHONE), TypePhone()),),
    )


def languages() -> Rows:
    return tuple((Tap(name, Speak(code)),) for code, name in LANGUAGES.items())


def more(tr: Translator, *, several_clients: bool) -> Rows:
    rows: Rows = (
        (Tap(tr.label("Price list"), AskPriceList()), Tap(tr.label("Notices"), ShowSwitches())),
        (Tap(tr.label("Documents"), ShowDocuments()), Tap(tr.label(LANGUAGE), AskLanguage())),
    )
    if several_clients:
        rows += ((Tap(tr.label("Another client"), AskClient()),),)
    return (*rows, (Tap(tr.label("Sign out"), AskSignOut()),), (Tap(tr.label("To the start"), Home()),))


def clients(tr: Translator, shown: Sequence[tuple[str, UUID]], page: int, pages: int) -> Rows:
    """A page of clients by their names."""
    buttons = choices([(name, ActFor(id)) for name, id in shown], page * CHOICES + 1)
    return (*buttons, *pager(tr, page, pages, AskClient), (Tap(tr.label("To the start"), Home()),))


def signing_out(tr: Translator) -> Rows:
    return ((Tap(tr.label("Yes, sign out"), SignOut()),), (Tap(tr.label("No, stay"), More()),))


SWITCHES: Mapping[Topic, tuple[str, str]] = {
    Topic.ORDERS: (marked("Orders: switch on"), marked("Orders: switch off")),
    Topic.MONEY: (marked("Money: switch on"), marked("Money: switch off")),
    Topic.PRICES: (marked("Prices: switch on"), marked("Prices: switch off")),
}
"""On and off."""


def switches(tr: Translator, off: Collection[Topic]) -> Rows:
    """A button each, which says what it does."""
    return (
        *((Tap(tr.label(SWITCHES[topic][topic not in off]), SwitchTopic(topic, topic in off)),) for topic in SWITCHED),
        (Tap(tr.label(MORE), More()), Tap(tr.label("To the start"), Home())),
    )


def going_over(tr: Translator, client_id: UUID) -> Rows:
    """Under a notice about another client of this person, where nothing but going over to it leads on."""
    return ((Tap(tr.label("Order for this client"), ActFor(client_id)),),)
