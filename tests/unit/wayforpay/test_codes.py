"""What each reason code means for whoever asked."""

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from integrations.wayforpay.codes import ALERTS, error_of

PUBLISHED = {*range(1101, 1107), 1108, 1109, 1110, *range(1112, 1119), *range(1120, 1150), 1151, 5100}


@pytest.mark.parametrize(
    ("codes", "reading", "writing"),
    [
        ({1113, 1117, 1118, 1121}, Rejected, Rejected),
        ({1122}, Unavailable, Unavailable),
        ({1129, 1131, 1132, 1134, 1138, 1144, 1145, 1151, 5100}, Unavailable, Ambiguous),
        ({1107, 4101, 9999}, Unavailable, Ambiguous),
        (
            PUBLISHED - {1113, 1117, 1118, 1121, 1122, 1129, 1131, 1132, 1134, 1138, 1144, 1145, 1151, 5100},
            Rejected,
            Rejected,
        ),
    ],
)
def test_a_code_is_for_later_final_or_unknown(
    codes: set[int], reading: type[OutsideError], writing: type[OutsideError]
) -> None:
    for code in codes:
        for lost, kind in ((Unavailable, reading), (Ambiguous, writing)):
            error = error_of("REFUND", code, lost)
            assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize("code", [None, 1100])
def test_no_code_or_a_success_without_what_was_asked_for_is_a_broken_answer(code: int | None) -> None:
    error = error_of("REFUND", code, Ambiguous)
    assert (type(error), error.code) == (Ambiguous, "broken answer")


def test_a_code_that_stops_everything_alerts() -> None:
    with capture_logs() as lines:
        for code in (*sorted(ALERTS), 1127):
            error_of("CHECK_STATUS", code, Unavailable)
    assert [(line["log_level"], line["code"]) for line in lines] == [("critical", code) for code in sorted(ALERTS)]


def test_a_refusal_of_the_account_is_no_refusal_of_the_attempt() -> None:
    assert all(error_of("CHECK_STATUS", code, Unavailable).of_system for code in ALERTS)
    assert not error_of("CHECK_STATUS", 1127, Unavailable).of_system
