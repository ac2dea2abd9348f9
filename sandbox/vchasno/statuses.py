"""The codes of a document's state, and which of them allow what."""

from collections.abc import Mapping
from types import MappingProxyType

DRAFT, READY, SENT_FIRST, OWNER_SIGNS, CLIENT_WAITS = 7000, 7001, 7002, 7003, 7004
REJECTED, CLIENT_SIGNS, SIGNED, FLOW, ANNULLED = 7006, 7007, 7008, 7010, 7011

TEXTS: Mapping[int, str] = MappingProxyType(
    {
        DRAFT: "Завантажено",
        READY: "Готовий до підписання та надсилання",
        SENT_FIRST: "Надіслано контрагенту на перший підпис",
        OWNER_SIGNS: "Очікує підпису власника",
        CLIENT_WAITS: "Підписано, очікує підпису контрагента",
        REJECTED: "Відхилено",
        CLIENT_SIGNS: "Підписано контрагентом, не надіслано",
        SIGNED: "Підписано всіма сторонами",
        FLOW: "Надіслано всім сторонам",
        ANNULLED: "Анульовано",
    }
)
SIGNABLE = frozenset({READY, SENT_FIRST, OWNER_SIGNS, CLIENT_WAITS, CLIENT_SIGNS, FLOW})
WITH_CLIENT = frozenset({SENT_FIRST, CLIENT_WAITS, CLIENT_SIGNS})
"""The counterparty has it, and the turn is theirs."""
EDITABLE = frozenset({DRAFT, READY, SENT_FIRST})
FINAL = frozenset({REJECTED, SIGNED, ANNULLED})


def text(code: int) -> str:
    """The service's own label; of a code that nobody knows, one that says nothing."""
    return TEXTS.get(code, f"Стан {code}")
