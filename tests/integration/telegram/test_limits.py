"""How fast Telegram may be sent to; the clock is given, nothing waits."""

import pytest

from integrations.telegram.limits import Limits
from integrations.telegram.tempo import Tempo


def sent_within(limits: Limits, chats: list[str], seconds: float) -> int:
    """How many messages leave in the time when something always waits for every chat."""
    now, sent = 1000.0, 0
    while now < 1000.0 + seconds:
        pauses = []
        for chat in chats:
            while (pause := limits.pause(chat, now)) == 0:
                limits.take(chat, now)
                sent += 1
            pauses.append(pause)
        now += max(min(pauses), 0.001)
    return sent


def test_one_person_gets_eight_at_once_and_then_one_a_second() -> None:
    assert sent_within(Limits(), ["1"], 0.5) == 8
    assert sent_within(Limits(), ["1"], 10.5) == 18


def test_a_group_gets_eighteen_a_minute_at_most() -> None:
    assert sent_within(Limits(), ["-100"], 59.9) == 17
    assert sent_within(Limits(), ["-100"], 60.1) == 18


def test_all_together_get_twenty_five_a_second() -> None:
    many = [str(number) for number in range(1000)]
    assert 250 <= sent_within(Limits(), many, 10) <= 256


def test_what_nobody_waits_for_leaves_places_to_replies() -> None:
    limits = Limits()
    for chat in ("1", "2"):
        assert limits.pause(chat, 1000.0, False) == 0.0
        limits.take(chat, 1000.0)
    assert limits.pause("3", 1000.0, False) == pytest.approx(0.04)
    for chat in ("4", "5", "6"):
        assert limits.pause(chat, 1000.0, True) == 0.0
        limits.take(chat, 1000.0)
    assert limits.pause("7", 1000.0, True) == pytest.approx(0.04)


def test_a_pause_asked_for_one_chat_leaves_the_others_alone() -> None:
    limits = Limits()
    limits.block("1", 1030.0)
    assert (limits.pause("1", 1000.0), limits.pause("2", 1000.0)) == (30.0, 0.0)
    assert limits.pause("1", 1030.0) == 0.0


def test_a_pause_without_a_chat_is_for_all() -> None:
    limits = Limits()
    limits.block(None, 1005.0)
    assert limits.pause("2", 1000.0) == 5.0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    limits = Limits()
    limits.block("1", 1030.0)
    limits.block("1", 1002.0)
    assert limits.pause("1", 1000.0) == 30.0


def test_pauses_between_tries_grow_to_a_bound_and_are_never_in_step() -> None:
    tempo = Tempo(first_pause=1.0, longest_pause=8.0)
    drawn = [[tempo.pause(failures) for _ in range(50)] for failures in (1, 2, 3, 4, 50)]
    bounds = [(0.5, 1.0), (1.0, 2.0), (2.0, 4.0), (4.0, 8.0), (4.0, 8.0)]
    assert all(low <= pause <= high for pauses, (low, high) in zip(drawn, bounds, strict=True) for pause in pauses)
    assert len(set(drawn[0])) > 40
