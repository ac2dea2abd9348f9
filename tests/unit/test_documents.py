"""The documents lead somewhere: every link, every file in the README's tables, every name on an order's way."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "integrations/*/README.md", "sandbox/*/README.md")
    for path in ROOT.glob(pattern)
)
_LINK = re.compile(r"]\((?!https?:|#)([^)#\s]+)")
_PATH = re.compile(r"`((?:bot|handlers|keyboards|integrations|sandbox|locales|migrations|tests|docs)/[\w./-]+)`")
_STOP = re.compile(r"^\| `([\w/]+\.py)` \| `(?:\w+\.)?(\w+)` \|", re.MULTILINE)


def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_to_a_file(document: str) -> None:
    folder = (ROOT / document).parent
    assert [link for link in _LINK.findall(text_of(document)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_named_exists(document: str) -> None:
    assert [path for path in _PATH.findall(text_of(document)) if not (ROOT / path).exists()] == []


def test_every_stop_of_an_order_is_where_the_readme_says() -> None:
    stops = _STOP.findall(text_of("README.md"))
    assert len(stops) == 25
    missing = [
        (path, name)
        for path, name in stops
        if not re.search(rf"^\s*(?:async def|def|class) {name}\b", text_of(path), re.MULTILINE)
    ]
    assert missing == []


def test_every_command_of_the_readme_exists() -> None:
    told = set(re.findall(r"^\| `main\.py (\w+)", text_of("README.md"), re.MULTILINE))
    commands = re.findall(r'^@cli\.command\((?:"(\w+)")?\)\ndef (\w+)', text_of("main.py"), re.MULTILINE)
    groups = re.findall(r'^cli\.add_typer\(.+, name="(\w+)"\)', text_of("main.py"), re.MULTILINE)
    assert told == {named or function for named, function in commands} | set(groups)
