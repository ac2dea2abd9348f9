"""A burst of thumbs passes, a machine does not."""

from bot.conversation.turns import PER_SECOND, REMEMBERED, Throttle

OLENA, ANDRII = ("telegram", "1"), ("telegram", "2")


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_passes_and_the_turn_after_it_does_not() -> None:
    throttle = Throttle(5, Clock())
    assert [throttle.allows(OLENA) for _ in range(7)] == [True] * 5 + [False] * 2


def test_one_person_does_not_spend_anothers_turns() -> None:
    throttle = Throttle(1, Clock())
    assert [throttle.allows(OLENA), throttle.allows(OLENA), throttle.allows(ANDRII)] == [True, False, True]


def test_turns_come_back_with_time_but_never_more_than_the_burst() -> None:
    clock = Clock()
    throttle = Throttle(5, clock)
    spent = [throttle.allows(OLENA) for _ in range(5)]
    clock.seconds += 2.01 / PER_SECOND
    assert spent + [throttle.allows(OLENA) for _ in range(3)] == [True] * 7 + [False]
    clock.seconds += 3600
    assert [throttle.allows(OLENA) for _ in range(6)] == [True] * 5 + [False]


def test_hammering_does_not_put_the_next_turn_off() -> None:
    clock = Clock()
    throttle = Throttle(1, clock)
    assert throttle.allows(OLENA)
    refused = []
    for _ in range(9):
        clock.seconds += 0.1 / PER_SECOND
        refused.append(throttle.allows(OLENA))
    clock.seconds += 0.11 / PER_SECOND
    assert refused == [False] * 9
    assert throttle.allows(OLENA)


def test_a_crowd_does_not_fill_the_memory() -> None:
    throttle = Throttle(1, Clock())
    for number in range(REMEMBERED + 500):
        throttle.allows(("viber", str(number)))
    assert len(throttle._buckets) == REMEMBERED
