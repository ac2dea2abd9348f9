"""What can be read off the source: who knows the environment, the database, the composition root."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "keyboards", "integrations", "sandbox", "migrations")
LONGEST = 300


def files(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> set[str]:
    """The packages a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def reads_environment(source: bytes) -> bool:
    names = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            return True
        if isinstance(node, ast.ImportFrom) and names & {alias.name for alias in node.names}:
            return True
    return False


def importers(package: str, *rooms: str) -> set[str]:
    return {name_of(path) for path in files(*rooms) if package in imports(path)}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {name_of(path) for path in [*files(*ROOMS), ROOT / "main.py"] if reads_environment(path.read_bytes())}
    assert {name for name in readers if not name.startswith("sandbox/")} <= {"bot/config.py"}


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['A']",
        "import os as o\no.getenv('A')",
        "from os import environ as e",
        "def f(os): os.putenv()",
    ],
)
def test_a_reader_of_the_environment_would_be_seen(source: str) -> None:
    assert reads_environment(source.encode())


def test_nobody_imports_main() -> None:
    assert importers("main", *ROOMS) == set()


def test_only_the_books_and_the_migrations_know_sql() -> None:
    known = importers("sqlalchemy", *ROOMS)
    assert {name for name in known if not name.startswith(("bot/db/", "migrations/"))} == set()
    assert "bot/db/carts.py" in known


def test_only_integrations_know_a_messengers_library() -> None:
    for library in ("aiogram", "viberbot", "httpx"):
        known = importers(library, *ROOMS)
        assert {name for name in known if not name.startswith("integrations/")} == set()
    assert importers("viberbot", "integrations")


def test_the_domain_stands_alone() -> None:
    forbidden = {"asyncio", "sqlalchemy", "aiohttp", "httpx", "os", "pathlib", "time", "random"}
    found = {name_of(path): imports(path) & forbidden for path in files("bot/domain")}
    assert {name: packages for name, packages in found.items() if packages} == {}


def test_no_file_is_too_long_to_be_read() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in files(*ROOMS)}
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert {name for name in long if not name.startswith("migrations/versions/")} == set()


def test_every_module_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in files(*ROOMS)
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert [name for name in silent if not name.startswith("migrations/versions/")] == []


def test_the_product_has_no_room_for_leftovers() -> None:
    forbidden = {"utils.py", "helpers.py", "base.py", "common.py", "misc.py"}
    assert [name_of(path) for path in files(*ROOMS) if path.name in forbidden] == []
