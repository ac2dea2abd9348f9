"""The walk leaves nothing out: no button, no refusal, no language."""

import inspect

from bot.conversation.action import Action
from handlers.errors import SENTENCES
from handlers.routing import build_router
from keyboards import (
    actions,
    bank_actions,
    contract_actions,
    desk_actions,
    notice_actions,
    paper_actions,
    pay_actions,
    reminder_actions,
    staff_actions,
    template_actions,
)
from tests.screens.conftest import Albums, Walked


def every_action() -> set[type[Action]]:
    found = (
        value
        for room in (
            actions,
            bank_actions,
            contract_actions,
            desk_actions,
            notice_actions,
            paper_actions,
            pay_actions,
            reminder_actions,
            staff_actions,
            template_actions,
        )
        for _, value in inspect.getmembers(room, inspect.isclass)
    )
    return {value for value in found if issubclass(value, Action) and value is not Action}


def test_the_walk_presses_every_button_there_is(walked: Walked) -> None:
    assert set(walked.pressed()) == every_action()


def test_the_walk_meets_every_refusal(walked: Walked) -> None:
    assert walked.said.codes == set(SENTENCES)


def test_every_button_has_a_handler() -> None:
    assert build_router().actions == every_action()


def test_the_languages_show_the_same_screens(albums: Albums) -> None:
    uk, ru, en = ([(preview.part, preview.title, preview.note) for preview in album] for album in albums.values())
    assert uk == ru
    assert uk == en
