"""Button payloads: what is packed comes back, and nothing else is taken."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.action import _KINDS, INT_LEAST, INT_LIMIT, LIMIT, Action, is_payload, payload, unpack
from bot.domain.errors import Outdated
from bot.domain.quantity import Unit
from handlers.routing import build_router
from keyboards.actions import Back, Browse, ChangeQuantity, ChooseDate, Confirm, Home, Product, RepeatInto, Speak

ID = UUID("0190d3a5-7c2e-7b1f-9c64-3f1d2a9b8c7d")
SPELT = "AZDTpXwuex-cZD8dKpuMfQ"
WORD = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.", max_size=40)
NUMBER = st.integers(INT_LEAST, INT_LIMIT - 1)
FIELDS = {
    UUID: st.uuids(), UUID | None: st.none() | st.uuids(), int: NUMBER, int | None: st.none() | NUMBER, str: WORD,
    date: st.dates(),
}  # fmt: skip


def anything_of(kind: type[Action]) -> st.SearchStrategy[Action]:
    hints = {name: st.from_type(hint) for name, hint in kind.__annotations__.items()}
    known = {name: FIELDS[hint] for name, hint in kind.__annotations__.items() if hint in FIELDS}
    return st.builds(kind, **(hints | known))


ANY_ACTION = st.sampled_from(list(_KINDS.values())).flatmap(anything_of)


@given(action=ANY_ACTION)
def test_every_action_comes_back_as_it_was_packed(action: Action) -> None:
    assert unpack(action.pack()) == action


@given(action=ANY_ACTION)
def test_every_action_fits_into_a_telegram_button(action: Action) -> None:
    assert len(action.pack().encode()) <= LIMIT == 64


@given(action=ANY_ACTION)
def test_a_payload_is_plain_printable_text(action: Action) -> None:
    assert action.pack().isascii()
    assert action.pack().isprintable()
    assert is_payload(action.pack())


@given(text=st.text("~:01abcdehimoprst-_=+9 \n\x00ї", max_size=70) | st.text(max_size=70))
def test_typed_text_is_an_outdated_payload_or_the_only_spelling_of_an_action(text: str) -> None:
    try:
        action = unpack(text)
    except Outdated:
        return
    assert action.pack() == text


@given(
    action=ANY_ACTION, at=st.integers(0, 63), letter=st.characters(max_codepoint=0x7FF) | st.sampled_from("~:-_=0A٣")
)
def test_a_payload_with_one_letter_changed_is_never_another_error(action: Action, at: int, letter: str) -> None:
    packed = action.pack()
    forged = packed[:at] + letter + packed[at + 1 :]
    try:
        read = unpack(forged)
    except Outdated:
        return
    assert read.pack() == forged


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "~",
        "~:",
        "привіт",
        "hm1",  # no mark
        "~hm",  # no version
        "~hm0",
        "~hm2",  # a version of another day
        "~hm01",
        "~hm1:",  # one field too many
        "~HM1",
        "~zz1",
        "~1",
        "~br1",  # fields missing
        "~br1:" + SPELT,
        f"~br1:{SPELT}:0:0",
        f"~br1:{SPELT}=:0",
        f"~br1:{SPELT[:-1]}R:0",  # bits that an id does not have
        f"~br1:{SPELT[:-1]}:0",
        f"~br1:{'й' * 22}:0",
        f"~br1:{'/' * 22}:0",
        "~br1::",
        "~br1::+1",
        "~br1::01",
        "~br1::-0",
        "~br1::1_0",
        "~br1:: 1",
        "~br1::٣",
        "~br1::1.0",
        "~br1::1e3",
        f"~br1::{'9' * 58}",  # short enough to read, too long to carry on
        f"~br1::{INT_LIMIT}",
        f"~pr1:{SPELT}:x:c:0",
        f"~pr1:{SPELT}:B:c:0",
        f"~ri1:{SPELT}:2",
        f"~ri1:{SPELT}:True",
        "~cd1:20261131",
        "~cd1:202611 5",
        "~cd1:2026-1-5",
        "~cd1:00000101",
        "~sp1:uk\n",
        "~sp1:укр",
        "~sp1:u'k",
        "~sp1:" + "a" * 100,
        "~\ud800",
        "~hm1\ud83d",
        "~hm1\x00",
    ],
)
def test_what_is_no_payload_of_today_is_outdated(typed: str) -> None:
    with pytest.raises(Outdated):
        unpack(typed)


@pytest.mark.parametrize(
    ("action", "packed"),
    [
        (Home(), "~hm1"),
        (Browse(), "~br1::0"),
        (Browse(ID, 2), f"~br1:{SPELT}:2"),
        (Product(ID, Unit.PACK, Back.FOUND, 1), f"~pr1:{SPELT}:p:s:1"),
        (ChangeQuantity(ID, -5, Unit.BASE, Back.CART), f"~cq1:{SPELT}:-5:b:k:0"),
        (ChooseDate(date(2026, 11, 5)), "~cd1:20261105"),
        (ChooseDate(date(999, 1, 2)), "~cd1:09990102"),
        (Confirm(ID, 12, 795900), f"~ok1:{SPELT}:12:795900"),
        (RepeatInto(ID, replace=True, version=7), f"~ri2:{SPELT}:1:7"),
        (Speak("uk"), "~sp1:uk"),
    ],
)
def test_buttons_already_on_phones_keep_working(action: Action, packed: str) -> None:
    assert action.pack() == packed
    assert unpack(packed) == action


def test_an_action_that_does_not_fit_is_not_packed() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        Speak("a" * 60).pack()


def test_words_are_not_packed() -> None:
    with pytest.raises(ValueError, match="укр"):
        Speak("укр").pack()


@pytest.mark.parametrize("code", ["hm", "A", "1", ""])
def test_a_code_is_of_small_letters_and_given_once(code: str) -> None:
    @dataclass(frozen=True, slots=True)
    class Doubled(Action):
        pass

    with pytest.raises(ValueError, match="taken or not of small letters"):
        payload(code)(Doubled)
    assert _KINDS["hm"] is Home


def test_every_action_has_a_handler() -> None:
    ours = {action for action in _KINDS.values() if action.__module__.startswith("keyboards.")}
    assert build_router().actions == ours
