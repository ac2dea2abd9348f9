"""How often a caller may knock, and how many callers are remembered."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.pay.limits import Limit, caller
from tests.support.desk import Clock


def test_so_many_at_once_and_then_as_many_a_minute() -> None:
    clock = Clock()
    limit = Limit(3, clock)
    assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b")
    clock.moment += timedelta(seconds=19)
    assert not limit.allows("a")
    clock.moment += timedelta(seconds=1)
    assert [limit.allows("a") for _ in range(2)] == [True, False]
    clock.moment += timedelta(hours=1)
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]


def test_a_clock_that_goes_back_lets_nobody_in_and_keeps_nobody_out() -> None:
    clock = Clock()
    limit = Limit(1, clock)
    assert limit.allows("a")
    clock.moment -= timedelta(days=1)
    assert not limit.allows("a")
    clock.moment += timedelta(minutes=1)
    assert limit.allows("a")


def test_the_caller_that_was_quiet_longest_is_forgotten_first() -> None:
    limit = Limit(1, Clock(), remembered=2)
    assert [limit.allows(key) for key in ("a", "b", "a", "c")] == [True, True, False, True]
    assert [limit.allows(key) for key in ("a", "b")] == [False, True]


@pytest.mark.parametrize(
    ("remote", "forwarded", "seen"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("::1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "2001:db8:1:2:aaaa::5", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::6", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("127.0.0.1", "x" * 100, "x" * 64),
        ("", "", ""),
    ],
)
def test_a_caller_is_an_address_or_a_network_of_ipv6(remote: str, forwarded: str, seen: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=remote)
    assert caller(request) == seen
