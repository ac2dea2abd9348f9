"""Who is reminded on a day, at which level and of what; and who is left alone, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.dispatch import Way
from bot.domain.ladder import Exemption, Ladder, Level, Remind, Rest, Standpoint, Step, Tone, plan
from bot.domain.money import Money
from bot.domain.receivable import Debt, mark_of

TODAY = date(2026, 11, 27)
TEXTS = {"uk": "…", "ru": "…", "en": "…"}
LADDER = Ladder(
    tuple(Level(f"l{day}", day, Tone.KIND, TEXTS, ways=frozenset(Way)) for day in (-3, 0, 1, 7, 14, 30)), apart=1
)


def debt(document: str, late: int | None, kopiykas: int = 100_00) -> Debt:
    """So many days late today; None without a due date."""
    due = None if late is None else TODAY - timedelta(days=late)
    sum_ = Money(kopiykas)
    return Debt(
        mark_of(document), document, "shipment", document, date(2026, 11, 1), sum_, due, sum_,
        late is not None and late > 0,
    )  # fmt: skip


def step(document: str, late: int, level: int) -> Step:
    """It was told at this level already; it is so many days late today."""
    return Step(document, TODAY - timedelta(days=late), f"l{level}", level)


def planned(*debts: Debt, **known: object) -> Remind | Rest:
    return plan(LADDER, Standpoint(debts, **known), TODAY)  # type: ignore[arg-type]


def level_of(*debts: Debt, **known: object) -> str:
    """The level of the reminder, or why there is none."""
    found = planned(*debts, **known)
    return found.level.name if isinstance(found, Remind) else found.value


@pytest.mark.parametrize(
    ("late", "level"),
    [
        (-4, "nothing"), (-3, "l-3"), (-1, "l-3"), (0, "l0"), (1, "l1"), (6, "l1"), (7, "l7"), (13, "l7"), (14, "l14"),
        (29, "l14"), (30, "l30"), (400, "l30"), (None, "nothing"),
    ],
)  # fmt: skip
def test_a_debt_never_told_of_is_told_at_the_newest_level_it_has_come_to(late: int | None, level: str) -> None:
    assert level_of(debt("d", late)) == level


@pytest.mark.parametrize(("told", "late", "level"), [(-3, 0, "l0"), (-3, 8, "l7"), (7, 13, "told"), (30, 99, "told")])
def test_each_level_is_told_once_and_missed_ones_are_passed_over(told: int, late: int, level: str) -> None:
    assert level_of(debt("d", late), steps=[step("d", late, told)]) == level


def test_a_debt_that_is_due_another_day_by_now_begins_anew() -> None:
    before = Step("d", TODAY - timedelta(days=10), "l7", 7)
    assert level_of(debt("d", -2), steps=[before]) == "l-3"


def test_one_message_holds_all_debts_at_the_level_of_the_most_overdue_that_moved() -> None:
    found = planned(debt("old", 31), debt("new", -3, 50_00), debt("far", -10), debt("late", 8))
    assert isinstance(found, Remind)
    assert (found.level.name, [one.document for one in found.debts]) == ("l30", ["old", "new", "late"])
    assert (found.total, found.overdue, found.oldest) == (Money(250_00), Money(200_00), TODAY - timedelta(days=31))
    assert [(one.document, one.level) for one in found.steps] == [("old", "l30"), ("new", "l-3"), ("late", "l7")]


def test_a_debt_told_at_a_high_level_does_not_raise_the_voice_for_a_new_one() -> None:
    found = planned(debt("old", 40), debt("new", -3), steps=[step("old", 40, 30)])
    assert isinstance(found, Remind)
    assert (found.level.name, [one.document for one in found.steps]) == ("l-3", ["new"])
    assert [one.document for one in found.debts] == ["old", "new"]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"promised": TODAY}, Rest.PROMISED),
        ({"held": TODAY}, Rest.SAID_PAID),
        ({"disputed": {"d"}}, Rest.DISPUTED),
        ({"exemption": Exemption(None)}, Rest.STOPPED),
        ({"exemption": Exemption(None, TODAY)}, Rest.STOPPED),
        ({"under_way": True}, Rest.UNDER_WAY),
        ({"last": TODAY}, Rest.LATELY),
        ({"waiting": True}, Rest.LATELY),
        ({"exemption": Exemption(5)}, Rest.NOTHING),
    ],
)
def test_who_is_left_alone_and_why(known: dict[str, object], why: Rest) -> None:
    assert planned(debt("d", 1), **known) is why


def test_what_kept_a_client_from_being_reminded_ends_on_its_day() -> None:
    yesterday = TODAY - timedelta(days=1)
    ended = {"promised": yesterday, "held": yesterday, "exemption": Exemption(None, yesterday), "last": yesterday}
    assert level_of(debt("d", 1), **ended) == "l1"


def test_a_dispute_holds_its_document_alone() -> None:
    found = planned(debt("theirs", 31), debt("other", 1), disputed={"theirs"})
    assert isinstance(found, Remind)
    assert (found.level.name, [one.document for one in found.debts]) == ("l1", ["other"])


def test_grace_moves_every_level() -> None:
    assert level_of(debt("d", 12), exemption=Exemption(5)) == "l7"


@pytest.mark.parametrize(
    ("late", "told", "level"), [(2, 1, "l7"), (8, 1, "l7"), (20, 1, "l14"), (8, 7, "l14"), (50, 30, "l30")]
)
def test_a_broken_promise_is_answered_one_level_higher_once(late: int, told: int, level: str) -> None:
    assert level_of(debt("d", late), steps=[step("d", late, told)], lifted={"d"}) == level


def test_a_client_is_not_reminded_more_often_than_the_ladder_allows() -> None:
    slow = replace(LADDER, apart=3)
    seen = Standpoint([debt("d", 7)], last=TODAY - timedelta(days=2))
    assert plan(slow, seen, TODAY) is Rest.LATELY
    assert isinstance(plan(slow, replace(seen, last=TODAY - timedelta(days=3)), TODAY), Remind)


def test_a_level_that_is_off_is_as_if_it_were_not_there() -> None:
    off = replace(LADDER, levels=tuple(replace(one, on=one.name != "l7") for one in LADDER.levels))
    found = plan(off, Standpoint([debt("d", 8)]), TODAY)
    assert isinstance(found, Remind)
    assert found.level.name == "l1"


def test_a_level_that_was_moved_later_is_not_told_twice() -> None:
    moved = replace(LADDER, levels=tuple(replace(one, day=10) if one.day == 7 else one for one in LADDER.levels))
    seen = Standpoint([debt("d", 11)], steps=[step("d", 11, 7)])
    assert plan(moved, seen, TODAY) is Rest.TOLD


def test_without_levels_nobody_is_reminded() -> None:
    assert plan(Ladder(()), Standpoint([debt("d", 8)], lifted={"d"}), TODAY) is Rest.NOTHING
