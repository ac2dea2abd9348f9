"""Three walks through the product for all tests of screens."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from bot.i18n import LANGUAGES
from handlers.preview import Preview
from tests.screens.backstage import previews

Albums = Mapping[str, Sequence[Preview]]


@pytest.fixture(scope="session")
def albums() -> Albums:
    """Every screen in every language."""
    return {language: asyncio.run(previews(language)) for language in LANGUAGES}


@pytest.fixture(params=list(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def album(albums: Albums, language: str) -> Sequence[Preview]:
    return albums[language]
