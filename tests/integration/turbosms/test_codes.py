"""Every code of the vendor's table has its meaning."""

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, Rejected, Unavailable
from integrations.turbosms.codes import ACCOUNT, KNOWN, SUCCESS, error_of

TABLE = frozenset(
    {0, 1, 103, 104, 105, 106, 107, *range(200, 207), *range(300, 314), *range(400, 428), *range(500, 508)}
    | {*range(800, 804), 999}
)


@pytest.mark.parametrize(
    ("code", "meant", "of_system"),
    [
        (203, "no_funds", True),
        (103, 103, True),
        (105, 105, True),
        (106, 106, True),
        (301, 301, True),
        (424, 424, True),
        (200, "bad_sender", True),
        (302, "bad_sender", True),
        (400, "bad_sender", True),
        (401, "bad_sender", True),
        (305, "bad_phone", False),
        (406, "bad_phone", False),
        (201, "bad_text", False),
        (304, "bad_text", False),
        (412, "bad_text", False),
        (413, "bad_text", False),
        (404, "opted_out", False),
        (427, "repeated", False),
        (104, 104, False),
        (306, 306, False),
        (405, 405, False),
        (407, 407, False),
        (409, 409, False),
        (410, 410, False),
        (415, 415, False),
        (416, 416, False),
        (500, 500, False),
    ],
)
def test_a_refusal_has_its_word_and_its_reach(code: int, meant: str | int, of_system: bool) -> None:
    with capture_logs() as lines:
        error = error_of("message/send", code, Ambiguous)
    assert (type(error), error.code, error.of_system) == (Rejected, meant, of_system)
    assert [line["log_level"] for line in lines] == ["critical"] * of_system


@pytest.mark.parametrize("code", [503, 504])
def test_a_network_that_did_not_take_it_is_for_later(code: int) -> None:
    assert type(error_of("message/send", code, Ambiguous)) is Unavailable


@pytest.mark.parametrize("code", [999, 777, 1, 0, 800, -5, None])
def test_what_does_not_say_what_happened_is_lost(code: int | None) -> None:
    assert type(error_of("message/send", code, Ambiguous)) is Ambiguous
    assert type(error_of("message/status", code, Unavailable)) is Unavailable


def test_the_whole_table_is_known() -> None:
    assert KNOWN | ACCOUNT | SUCCESS | {1, 503, 504, 507, 999} == TABLE
