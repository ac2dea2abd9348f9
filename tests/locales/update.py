"""Bring the translation files up to the source: `python -m tests.locales.update`."""

from tests.locales.catalogues import LANGUAGES, path_of, updated


def main() -> None:
    for language in LANGUAGES:
        path_of(language).write_bytes(updated(language))


if __name__ == "__main__":
    main()
