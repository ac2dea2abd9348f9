"""A failure in words that may be kept and shown: what kind, of which system, never what people wrote."""

import traceback
from pathlib import PurePath

from bot.domain.errors import OutsideError


def named(error: BaseException) -> str:
    """`Unavailable onec submit 503`, or the kind of any other exception and the line that raised it."""
    if isinstance(error, BaseExceptionGroup):
        return ", ".join(named(one) for one in error.exceptions)
    kind = type(error).__name__
    if isinstance(error, OutsideError):
        return " ".join(str(part) for part in (kind, error.system, error.operation, error.code) if part is not None)
    frames = traceback.extract_tb(error.__traceback__)
    return f"{kind} {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else kind
