"""What an answer of a mail server means to us, and what a connection that failed means."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import aiosmtplib

from bot.domain.errors import OutsideError, Rejected, Unavailable
from bot.logs import log
from integrations.mail.message import SYSTEM

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_OF_SYSTEM = frozenset({"530", "534", "535", "538", "5.7.8", "5.7.9", "5.7.11"})
"""Nobody let us in, whatever was asked."""
_OF_LETTER = frozenset({"552", "5.2.3", "5.3.4"})
"""The letter is too big, even if it is said of the sender."""

_log = log("integrations.mail")


def refusal(operation: str, code: int, said: str, *, of_system: bool = False) -> OutsideError:
    """4xx is for later, 5xx for never; anything else is no answer. `of_system` where any other letter would fare so."""
    enhanced = _ENHANCED.match(said)
    named = enhanced[1] if enhanced and enhanced[1][0] == str(code)[0] else str(code)
    if not 400 <= code <= 599:
        return Unavailable(SYSTEM, operation, "broken answer")
    if code < 500:
        return Unavailable(SYSTEM, operation, named)
    error = Rejected(SYSTEM, operation, named)
    signs = {named, str(code)}
    error.of_system = bool(signs & _OF_SYSTEM) or (of_system and not signs & _OF_LETTER)
    if error.of_system:
        _log.critical("mail server lets nothing through", operation=operation, code=named)
    return error


@contextmanager
def troubles(operation: str) -> Iterator[None]:
    """Every trouble before the letter was handed over: nothing was accepted, and the server's words stay here."""
    try:
        yield
    except aiosmtplib.SMTPRecipientRefused as error:
        raise refusal("rcpt", error.code, error.message) from None
    except aiosmtplib.SMTPDataError as error:
        raise refusal("data", error.code, error.message) from None
    except aiosmtplib.SMTPResponseException as error:
        raise refusal(operation, error.code, error.message, of_system=True) from None
    except ssl.SSLError as error:
        raise _insecure(operation, error) from None
    except (aiosmtplib.SMTPConnectError, OSError, TimeoutError) as error:
        if isinstance(error.__cause__, ssl.SSLError):
            raise _insecure(operation, error.__cause__) from None
        raise Unavailable(SYSTEM, operation, type(error).__name__) from None
    except (aiosmtplib.SMTPException, ValueError):
        raise _misused(operation, "not supported") from None


def _insecure(operation: str, error: ssl.SSLError) -> OutsideError:
    """A certificate that does not hold is somebody's to mend; a handshake that broke off may go well next time."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _misused(operation, "certificate")
    return Unavailable(SYSTEM, operation, "tls")


def _misused(operation: str, code: str) -> Rejected:
    """The server cannot do what the settings ask of it: no TLS, or no way to log in."""
    error = Rejected(SYSTEM, operation, code)
    error.of_system = True
    _log.critical("mail server lets nothing through", operation=operation, code=code)
    return error
