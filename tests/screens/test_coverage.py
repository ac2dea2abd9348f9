"""The walk leaves nothing out: no button, no refusal, no language."""

import inspect
from collections.abc import Iterator

import pytest

from bot.conversation.action import Action, unpack
from bot.conversation.event import Event, Kind
from bot.conversation.pipeline import Pipeline
from bot.conversation.screen import Screen
from bot.domain.errors import Outdated
from handlers import errors
from handlers.app import App
from handlers.errors import SENTENCES
from handlers.routing import build_router
from keyboards import actions
from tests.screens.backstage import previews
from tests.screens.conftest import Albums


class Heard(dict[str, errors.Sentence]):
    """The sentences, and which of them were said."""

    def __init__(self) -> None:
        super().__init__(SENTENCES)
        self.codes: set[str] = set()

    def get(self, code: str, default: errors.Sentence) -> errors.Sentence:  # type: ignore[override]
        self.codes.add(code)
        return super().get(code, default)


async def test_the_walk_presses_every_button_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[Event] = []
    answer = Pipeline.answer

    async def listening(self: Pipeline[App], event: Event) -> Screen | None:
        events.append(event)
        return await answer(self, event)

    monkeypatch.setattr(Pipeline, "answer", listening)
    await previews("uk")
    assert set(_pressed(events)) == every_action()


async def test_the_walk_meets_every_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(errors, "SENTENCES", heard)
    await previews("uk")
    assert heard.codes == set(SENTENCES)


def test_every_button_has_a_handler() -> None:
    assert build_router().actions == every_action()


def test_the_languages_show_the_same_screens(albums: Albums) -> None:
    titles = [[(preview.part, preview.title) for preview in album] for album in albums.values()]
    assert titles[1:] == titles[:1] * (len(titles) - 1)


def every_action() -> set[type[Action]]:
    found = (value for _, value in inspect.getmembers(actions, inspect.isclass))
    return {value for value in found if issubclass(value, Action) and value is not Action}


def _pressed(events: list[Event]) -> Iterator[type[Action]]:
    for event in events:
        if event.kind is Kind.TAPPED:
            try:
                yield type(unpack(event.action))
            except Outdated:
                continue
