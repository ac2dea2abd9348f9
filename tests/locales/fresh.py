"""Whether the translation files say all that the source says, and no more: `python -m tests.locales.fresh`."""

import sys
from pathlib import Path

from tests.locales.catalogues import LANGUAGES, ROOT, extracted, first_form, forms, path_of, read, updated


def problems(root: Path = ROOT) -> list[str]:
    """One line for every text that is missing, untranslated or stale, and for a file not written by the update."""
    return [line for language in LANGUAGES for line in _problems(language, root)]


def _problems(language: str, root: Path) -> list[str]:
    wanted = {first_form(msgid): msgid for msgid in extracted(root)}
    present = {first_form(message.id): message for message in read(language, root) if message.id}
    found = [f"{language}: missing: {text}" for text in wanted if text not in present]
    found += [f"{language}: stale: {text}" for text in present if text not in wanted]
    found += [
        f"{language}: not translated: {text}"
        for text, message in present.items()
        if text in wanted and (message.fuzzy or message.id != wanted[text] or not all(forms(message)))
    ]
    if not found and path_of(language, root).read_bytes() != updated(language, root):
        found.append(f"{language}: the file is not as `make locales` writes it")
    return found


def main() -> int:
    found = problems()
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
