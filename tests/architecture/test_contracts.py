"""The rules of the house hold, and each of them would notice a breach."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "keyboards", "integrations", "sandbox", "migrations")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
BREACHES = (
    ("rooms", "handlers", "integrations.viber"),
    ("rooms", "integrations.onec", "handlers.menu"),
    ("rooms", "bot.services", "keyboards.rows"),
    ("rooms", "keyboards", "handlers.menu"),
    ("inside-bot", "bot.conversation", "bot.services.carts"),
    ("inside-bot", "bot.services", "bot.conversation.router"),
    ("inside-bot", "bot.services", "bot.web.app"),
    ("inside-bot", "bot.db", "bot.services.carts"),
    ("inside-bot", "bot.domain", "bot.i18n"),
    ("domain", "bot.domain", "bot.logs"),
    ("domain", "bot.domain.search", "bot.db.books"),
    ("keyboards", "keyboards", "bot.services.carts"),
    ("keyboards", "keyboards", "bot.db.books"),
    ("integrations", "integrations.viber", "bot.db.books"),
    ("integrations", "integrations.telegram", "bot.config"),
    ("integrations-apart", "integrations.telegram", "integrations.viber"),
    ("integrations-apart", "integrations.spreadsheet", "integrations.onec"),
    ("sandbox-apart", "sandbox.viber", "bot.domain.money"),
    ("sandbox-apart", "sandbox.demo", "integrations.viber"),
    ("only-main-plays", "integrations.atompark", "sandbox.atompark"),
    ("only-main-plays", "handlers", "sandbox.demo"),
    ("messengers", "bot.services", "httpx"),
    ("messengers", "handlers", "aiogram"),
    ("messengers", "keyboards", "viberbot"),
    ("messengers", "sandbox.telegram", "aiogram"),
    ("sql", "bot.services", "sqlalchemy"),
    ("sql", "handlers", "sqlalchemy"),
    ("sql", "integrations.onec", "sqlalchemy"),
    ("nobody-imports-main", "bot.web", "main"),
    ("nobody-imports-main", "sandbox.demo", "main"),
)


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    wide = os.environ | {"COLUMNS": "500", "PYTHONIOENCODING": "utf-8"}  # a narrow terminal wraps the names
    return subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house, free to be spoilt."""
    folder = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            copy = folder / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    for name in ("main.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="session")
def sections(house: Path) -> dict[str, str]:
    """What is said of each contract once every breach stands in the house."""
    for number, (_, place, imported) in enumerate(BREACHES):
        (house / place.replace(".", "/") / f"breach_{number}.py").write_text(f"import {imported}\n", "utf-8")
    said = lint(house)
    assert said.returncode == 1
    broken = said.stdout.split("Broken contracts\n", 1)[1]
    parts = {id: broken.find(f"\n{name}\n---") for id, name in NAMES.items()}
    ends = [*sorted(parts.values()), len(broken)]
    return {id: broken[start : ends[ends.index(start) + 1]] for id, start in parts.items() if start >= 0}


def test_the_house_keeps_its_rules() -> None:
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said.stdout


def test_every_rule_is_tried_with_a_breach() -> None:
    assert {id for id, _, _ in BREACHES} == set(NAMES)


@pytest.mark.parametrize(
    ("number", "contract"),
    [pytest.param(number, id, id=f"{id}:{place}->{imported}") for number, (id, place, imported) in enumerate(BREACHES)],
)
def test_a_breach_is_caught_under_the_name_of_its_rule(sections: dict[str, str], number: int, contract: str) -> None:
    _, place, imported = BREACHES[number]
    assert f"{place}.breach_{number} -> {imported} (l.1)" in sections[contract]


def test_every_part_of_the_bot_has_its_layer() -> None:
    (inside,) = (contract for contract in CONTRACTS if contract["id"] == "inside-bot")
    placed = {part.strip() for layer in inside["layers"] for part in layer.split("|")}
    present = {
        path.stem for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert present - {"__init__"} == placed


def test_every_integration_is_kept_apart() -> None:
    (apart,) = (contract for contract in CONTRACTS if contract["id"] == "integrations-apart")
    folders = {path.parent.name for path in (ROOT / "integrations").glob("*/__init__.py")}
    assert set(apart["modules"]) == {f"integrations.{folder}" for folder in folders}
