"""What the terminal says of the staff: who may do what, who did what, and whether there can be topics."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.messenger import PlaceRights
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.desk import Role
from bot.domain.errors import Rejected
from bot.domain.notice import FINANCE, MANAGERS
from bot.process import CannotStart
from handlers.terminal import groups, staff
from tests.support.desk import MONDAY_MORNING

ALL = PlaceRights("Менеджери", member=True, forum=True, topics=True, pins=True)


def met(tx: Tx) -> None:
    tx.staff.meet("telegram", "2001", "Оксана", MONDAY_MORNING)
    tx.staff.acts(("telegram", "1"), ("2001", "Оксана"), "managers", "iv", MONDAY_MORNING)
    tx.staff.acted(("telegram", "1"), "Кафе «Ранок»", "done")
    later = MONDAY_MORNING + timedelta(minutes=1)
    tx.staff.acts(("telegram", "2"), ("666", "Перехожий"), "", "mb", later, about="-100", outcome="refused")


async def test_everybody_who_was_met_is_listed_and_can_be_made_to_read_only(books: Books) -> None:
    assert await staff.members(books) == ["Ще ніхто не писав і не натискав у групах працівників."]
    await books.write(met)
    assert await staff.members(books) == ["2001  Оксана  відповідає й натискає (agent), востаннє 23.11 10:00"]
    assert await staff.set_role(books, "2001", Role.WATCHER) == "2001: лише читає"
    assert await staff.members(books) == ["2001  Оксана  лише читає (watcher), востаннє 23.11 10:00"]
    with pytest.raises(CannotStart, match="Людини з номером 7 у групах працівників ще не було"):
        await staff.set_role(books, "7", Role.WATCHER)


async def test_the_log_says_who_did_what_about_whom_and_how_it_ended(books: Books) -> None:
    assert await staff.log(books, MONDAY_MORNING, 10, "") == ["За цей час нічого не робили."]
    await books.write(met)
    done = "23.11.2026 10:00:00  Оксана (telegram 2001)  managers  iv  про: Кафе «Ранок»  зроблено"
    refused = "23.11.2026 10:01:00  Перехожий (telegram 666)  не з групи  mb  про: -100  ВІДМОВЛЕНО"
    assert await staff.log(books, MONDAY_MORNING, 10, "") == [done, refused]
    assert await staff.log(books, MONDAY_MORNING, 10, "Окса") == [done]
    assert await staff.log(books, MONDAY_MORNING + timedelta(seconds=30), 10, "") == [refused]
    assert await staff.log(books, MONDAY_MORNING, 1, "") == [refused]


class Forums:
    """Groups whose rights are known."""

    def __init__(self, **rights: PlaceRights) -> None:
        self._rights = {f"-{name.removeprefix('g')}": one for name, one in rights.items()}

    async def rights(self, place: str) -> PlaceRights:
        if place not in self._rights:
            raise Rejected("telegram", "getChat", 400)
        return self._rights[place]


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        (ALL, "тема на кожного клієнта"),
        (replace(ALL, forum=False), "тем немає, відповідають реплікою на повідомлення бота: увімкніть у групі «Теми»"),
        (replace(ALL, topics=False), "бот не може вести теми: зробіть бота адміністратором групи"),
        (replace(ALL, pins=False), "теми є, картки не закріпляються: зробіть бота адміністратором групи"),
    ],
)
async def test_the_check_says_what_a_group_wants(rights: PlaceRights, said: str) -> None:
    (line,) = await groups.standing(Forums(g1=rights), {MANAGERS: "-1"})  # type: ignore[arg-type]
    assert line.startswith(f"       група менеджерів: «Менеджери», {said}")


async def test_a_group_without_the_bot_stops_the_check_with_what_to_do() -> None:
    forums = Forums(g1=replace(ALL, member=False))
    with pytest.raises(CannotStart, match="у групі -1 немає бота: додайте його"):
        await groups.standing(forums, {MANAGERS: "-1"})  # type: ignore[arg-type]
    with pytest.raises(CannotStart, match=r"групу -2 не видно \(400\): додайте бота до неї"):
        await groups.standing(forums, {FINANCE: "-2"})  # type: ignore[arg-type]
