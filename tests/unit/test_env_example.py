"""The example of settings is what the program reads, and the README tells of the same."""

import re
from pathlib import Path

from bot.config import Settings
from tests.env_example import EXAMPLE, ROOT, WORDS, example, settings, table


def test_the_example_is_rendered_from_the_settings() -> None:
    assert EXAMPLE.read_text("utf-8") == example()


def test_the_readme_has_the_same_table() -> None:
    assert table() in (ROOT / "README.md").read_text("utf-8")


def test_every_setting_has_words_and_no_words_are_left_over() -> None:
    assert sorted(WORDS) == sorted(setting.name for setting in settings())


def test_the_example_as_it_stands_means_the_defaults() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)


def test_the_example_without_its_marks_means_the_defaults(tmp_path: Path) -> None:
    given = tmp_path / ".env"
    given.write_text(re.sub(r"^#(?=[A-Z])", "", example(), flags=re.MULTILINE), "utf-8")
    assert "\nDELIVERY__WEEKDAYS=1,2,3,4,5,6\n" in given.read_text("utf-8")
    assert Settings(_env_file=given) == Settings(_env_file=None)
