"""Logs: one JSON line an event; secrets and phones are cut out before anything is written."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRETS = re.compile(
    r"bot\d{5,}:[\w-]{20,}"  # a Telegram token in an address
    r"|\b\d{6,}:[\w-]{30,}"  # the token itself
    r"|\b[0-9a-fA-F]{16}-[0-9a-fA-F]{16}-[0-9a-fA-F]{16}\b"  # Viber's
    r"|(?<!\d)\+?380\d{9}(?!\d)"  # a Ukrainian phone
    r"|(?<!\d)0\d{9}(?!\d)"
)


def redacted(text: str) -> str:
    """The text without tokens and phones."""
    return _SECRETS.sub("[…]", text)


def _redact(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in entry.items():
        if isinstance(value, str):
            entry[key] = redacted(value)
    return entry


class _RedactingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def _plain(level: str) -> None:
    """Without the locals of a traceback: they hold names, phones and texts."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def configure(level: str) -> None:
    """Set both structlog and the standard library's logging up, to standard error."""
    _plain(level)
    handler = logging.StreamHandler()
    handler.setFormatter(_RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(logging.getLevelName(level), logging.WARNING), handlers=[handler], force=True)
    for noisy in ("viber.bot.api", "httpx", "httpcore", "aiogram.event"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    logging.getLogger("viber").disabled = True  # viberbot logs whole payloads with the token


_plain("INFO")


def log(name: str) -> Any:
    """A structured logger; never hand it message text, phones or tokens."""
    return structlog.get_logger(name)
