"""Articles, prices and stock come in through the price list's own importer, together or each alone."""

from decimal import Decimal

import pytest

from bot.domain.accounting import Subject
from bot.domain.catalogue import ArticleView
from bot.domain.errors import Unavailable
from bot.domain.money import Money
from bot.domain.pricelist import ArticleRecord, Complete, OfferRecord, Problem
from tests.db.people import MILK, RANOK
from tests.services.backroom import Backroom

KEFIR = ArticleRecord("a-kefir", "10700", "Кефір 1 л", 0, base_unit="шт", multiple=1000, active=True)


async def milk(room: Backroom) -> ArticleView:
    found = await room.books.read(lambda tx: tx.catalogue.article(MILK, RANOK, "uk"))
    assert found is not None
    return found


def costs(article: str, kopiykas: int) -> OfferRecord:
    return OfferRecord(article, 0, prices=(("t-wholesale", kopiykas),))


def lies(article: str, thousandths: int) -> OfferRecord:
    return OfferRecord(article, 0, stock=(("w-main", thousandths),))


async def test_the_catalogue_brings_its_prices_and_its_stock(backroom: Backroom) -> None:
    room = backroom
    room.ledger.price_list[Subject.CATALOGUE] = [KEFIR]
    room.ledger.price_list[Subject.PRICES] = [costs("a-kefir", 5250)]
    room.ledger.price_list[Subject.STOCK] = [lies("a-kefir", 7000)]
    report = await room.pull(Subject.CATALOGUE)
    assert (report.seen, report.changed) == (3, 3)
    (kefir,) = (await room.books.read(lambda tx: tx.catalogue.by_external_id(["a-kefir"]))).values()
    found = await room.books.read(lambda tx: tx.catalogue.article(kefir.id, RANOK, "uk"))
    assert found is not None
    assert (found.sku, found.name, found.price, found.stock) == ("10700", "Кефір 1 л", Money.of("52.50"), Decimal(7))
    states = {state.subject: state.done_at for state in (await room.standing.view()).pulls}
    assert states == dict.fromkeys((Subject.CATALOGUE, Subject.PRICES, Subject.STOCK), room.clock())


async def test_prices_come_alone(room: Backroom) -> None:
    room.ledger.price_list[Subject.PRICES] = [costs("a-10661", 4990)]
    room.ledger.price_list[Subject.STOCK] = [lies("a-10661", 0)]
    assert (await room.pull(Subject.PRICES)).changed == 1
    assert ((await milk(room)).price, (await milk(room)).stock) == (Money.of("49.90"), Decimal(100))
    assert [state.subject for state in (await room.standing.view()).pulls] == [Subject.PRICES]


async def test_stock_comes_alone(room: Backroom) -> None:
    room.ledger.price_list[Subject.PRICES] = [costs("a-10661", 4990)]
    room.ledger.price_list[Subject.STOCK] = [lies("a-10661", 12_500)]
    assert (await room.pull(Subject.STOCK)).changed == 1
    assert ((await milk(room)).price, (await milk(room)).stock) == (Money.of("47.90"), Decimal("12.5"))


async def test_the_same_prices_again_change_nothing(room: Backroom) -> None:
    room.ledger.price_list[Subject.PRICES] = [costs("a-10661", 4990)]
    await room.pull(Subject.PRICES)
    revision = await room.books.read(lambda tx: tx.catalogue.revision())
    report = await room.pull(Subject.PRICES)
    assert (report.seen, report.changed) == (1, 0)
    assert await room.books.read(lambda tx: tx.catalogue.revision()) == revision


async def test_prices_that_break_off_in_the_middle_leave_the_old_ones(room: Backroom) -> None:
    room.ledger.price_list[Subject.PRICES] = [costs("a-10661", 4990), costs("a-11011", 1), Complete("price")]
    room.ledger.breaks_off = 1
    with pytest.raises(Unavailable):
        await room.pull(Subject.PRICES)
    assert (await milk(room)).price == Money.of("47.90")
    (state,) = (await room.standing.view()).pulls
    assert (state.done_at, state.failed_at, state.error) == (
        None, room.clock(), "Unavailable onec page: no answer",
    )  # fmt: skip


async def test_a_whole_list_takes_away_what_it_does_not_name(room: Backroom) -> None:
    room.ledger.price_list[Subject.PRICES] = [costs("a-11011", 18950), Complete("price")]
    await room.pull(Subject.PRICES)
    assert (await milk(room)).price is None


async def test_what_the_ledger_cannot_say_of_an_article_is_reported(room: Backroom) -> None:
    room.ledger.price_list[Subject.PRICES] = [Problem("price", "zero_price", article="a-10661")]
    assert (await room.pull(Subject.PRICES)).problems == [("zero_price", "a-10661")]
    assert (await milk(room)).price == Money.of("47.90")
