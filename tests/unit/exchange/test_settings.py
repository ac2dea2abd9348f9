"""What an installation may not set."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from integrations.onec.exchange import ExchangeSettings

PLAIN = {"user": "1c", "password": SecretStr("secret"), "folder": Path("uploads")}


@pytest.mark.parametrize(
    "change",
    [
        {"user": ""},
        {"user": "a:b"},
        {"user": "a\n"},
        {"password": SecretStr("")},
        {"encoding": "koi8-u"},
        {"version": "3.0"},
        {"file_limit": 0},
        {"file_limit": 65 * 1024**2},
        {"upload_limit": 1},
    ],
)
def test_what_cannot_work_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ExchangeSettings.model_validate(PLAIN | change)


def test_bounds_have_sound_defaults() -> None:
    settings = ExchangeSettings.model_validate(PLAIN)
    assert (settings.file_limit, settings.upload_limit) == (2 * 1024**2, 512 * 1024**2)
    assert (settings.encoding, settings.version, settings.currency, settings.zip) == ("utf-8", "2.08", "UAH", True)
