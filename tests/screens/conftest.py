"""Three walks through the product for all tests of screens."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.conversation.action import Action, unpack
from bot.conversation.event import Event, Kind
from bot.conversation.pipeline import Pipeline
from bot.conversation.screen import Screen
from bot.domain.errors import Outdated
from bot.i18n import LANGUAGES
from handlers import errors
from handlers.app import App
from handlers.preview import Preview
from tests.screens.backstage import previews

Albums = Mapping[str, Sequence[Preview]]


class Said(dict[str, errors.Sentence]):
    """The sentences of refusals, and which of them were said."""

    def __init__(self) -> None:
        super().__init__(errors.SENTENCES)
        self.codes: set[str] = set()

    def get(self, code: str, default: errors.Sentence) -> errors.Sentence:  # type: ignore[override]
        self.codes.add(code)
        return super().get(code, default)


@dataclass
class Walked:
    """What the walks showed, pressed and heard."""

    albums: dict[str, list[Preview]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    said: Said = field(default_factory=Said)

    def pressed(self) -> Iterator[type[Action]]:
        for event in self.events:
            if event.kind is Kind.TAPPED:
                try:
                    yield type(unpack(event.action))
                except Outdated:
                    continue


@pytest.fixture(scope="session")
def walked() -> Walked:
    walked, answer = Walked(), Pipeline.answer

    async def noting(self: Pipeline[App], event: Event) -> Screen | None:
        walked.events.append(event)
        return await answer(self, event)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pipeline, "answer", noting)
        patch.setattr(errors, "SENTENCES", walked.said)
        for language in LANGUAGES:
            walked.albums[language] = asyncio.run(previews(language))
    return walked


@pytest.fixture
def albums(walked: Walked) -> Albums:
    """Every screen in every language."""
    return walked.albums


@pytest.fixture(params=list(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def album(walked: Walked, language: str) -> Sequence[Preview]:
    return walked.albums[language]


@pytest.fixture
def private_album(album: Sequence[Preview]) -> Sequence[Preview]:
    """Without what only groups of the staff see."""
    return [preview for preview in album if not preview.desk]
