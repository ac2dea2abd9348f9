"""Accounts: whose they are, for whom they act, and every way to join."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import delete, select, update

from bot.db.books import Books
from bot.db.models import Client, Lead, Membership, Person, PhoneCode
from bot.db.tx import Tx
from bot.domain.client import Identity, ManagerCard
from bot.domain.dialogue import Dialogue, Turn
from bot.domain.quantity import Unit
from tests.db.people import ANDRII, CREAM, IRYNA, MILK, OLENA, RANOK
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import ANDRII_PHONE, IRYNA_PHONE, OLENA_PHONE, uid

LATER = MONDAY_MORNING + timedelta(hours=1)


def meet(tx: Tx, external_id: str = "1", name: str = "Оленка", at: datetime = MONDAY_MORNING) -> None:
    tx.accounts.meet("viber", external_id, name, at, at)


def sign_in(tx: Tx, person_id: UUID, external_id: str = "1") -> Identity:
    meet(tx, external_id)
    tx.accounts.sign_in("viber", external_id, person_id, MONDAY_MORNING)
    return tx.accounts.identity("viber", external_id)


async def who(books: Books, external_id: str = "1", channel: str = "viber") -> Identity:
    return await books.read(lambda tx: tx.accounts.identity(channel, external_id))


def leads(tx: Tx) -> list[tuple[str, str | None, str, bool]]:
    rows = tx.accounts._connection.execute(
        select(Lead.name, Lead.phone, Lead.words, Lead.closed_at).order_by(Lead.name)
    )
    return [(row.name, row.phone, row.words, row.closed_at is not None) for row in rows]


async def test_a_stranger_is_nobody(stocked: Books) -> None:
    assert await who(stocked) == Identity("viber", "1", known=False)


async def test_somebody_met_has_a_name_and_a_session_but_is_nobody_yet(stocked: Books) -> None:
    await stocked.write(meet)
    met = await who(stocked)
    assert (met.known, met.name, met.person_id, met.buyer, met.reachable) == (True, "Оленка", None, None, True)
    assert (met.last_event_at, met.session_opened_at) == (MONDAY_MORNING, MONDAY_MORNING)
    assert (await who(stocked, channel="telegram")).known is False


async def test_meeting_again_renews_and_reaches_again(stocked: Books) -> None:
    await stocked.write(meet)
    await stocked.write(lambda tx: tx.accounts.set_reachable("viber", "1", reachable=False))
    assert (await who(stocked)).reachable is False
    await stocked.write(lambda tx: tx.accounts.meet("viber", "1", "Олена К.", LATER, MONDAY_MORNING))
    met = await who(stocked)
    assert (met.name, met.reachable, met.last_event_at, met.session_opened_at) == (
        "Олена К.",
        True,
        LATER,
        MONDAY_MORNING,
    )


async def test_who_signs_in_has_all_a_turn_needs(stocked: Books) -> None:
    olena = await stocked.write(sign_in, OLENA)
    assert (olena.name, olena.person_id, olena.buyer) == ("Олена", OLENA, RANOK)
    assert olena.manager == ManagerCard("Оксана Менеджер", "+380441234567")
    assert (olena.cart_lines, olena.dialogue) == (0, Dialogue())


async def test_an_account_acts_for_the_first_client_and_then_for_the_chosen_one(stocked: Books) -> None:
    iryna = await stocked.write(sign_in, IRYNA)
    assert iryna.require_buyer().name == "Готель «Дніпро»"
    await stocked.write(lambda tx: tx.accounts.choose_client("viber", "1", RANOK.id))
    assert (await who(stocked)).require_buyer() == RANOK


async def test_a_client_whom_the_person_may_order_for_comes_first(stocked: Books) -> None:
    def only_look(tx: Tx) -> None:
        mine = update(Membership).where(Membership.person_id == IRYNA, Membership.client_id == uid("Готель «Дніпро»"))
        tx.accounts._connection.execute(mine.values(orders=False))

    await stocked.write(only_look)
    assert (await stocked.write(sign_in, IRYNA)).require_buyer() == RANOK


async def test_a_client_that_is_not_the_persons_is_not_acted_for(stocked: Books) -> None:
    await stocked.write(sign_in, OLENA)
    await stocked.write(lambda tx: tx.accounts.choose_client("viber", "1", uid("Готель «Дніпро»")))
    assert (await who(stocked)).buyer is None


async def test_who_left_the_client_acts_for_nobody(stocked: Books) -> None:
    await stocked.write(sign_in, OLENA)
    await stocked.write(lambda tx: _leave_client(tx, OLENA))
    assert ((await who(stocked)).person_id, (await who(stocked)).buyer) == (OLENA, None)


async def test_a_person_and_a_client_that_are_gone_are_not_acted_for(stocked: Books) -> None:
    await stocked.write(sign_in, OLENA)
    await stocked.write(lambda tx: _switch_off(tx, client=RANOK.id))
    assert ((await who(stocked)).person_id, (await who(stocked)).buyer) == (OLENA, None)
    await stocked.write(lambda tx: _switch_off(tx, person=OLENA))
    assert ((await who(stocked)).person_id, (await who(stocked)).buyer) == (None, None)


async def test_who_signs_out_is_nobody_again(stocked: Books) -> None:
    await stocked.write(sign_in, OLENA)
    await stocked.write(lambda tx: tx.accounts.sign_out("viber", "1"))
    left = await who(stocked)
    assert (left.person_id, left.buyer, left.known) == (None, None, True)


async def test_an_accounts_language_wins_over_the_persons(stocked: Books) -> None:
    await stocked.write(sign_in, OLENA)
    await stocked.write(lambda tx: _speak(tx, OLENA, "en"))
    assert (await who(stocked)).language == "en"
    await stocked.write(lambda tx: tx.accounts.set_language("viber", "1", "ru"))
    assert (await who(stocked)).language == "ru"


async def test_the_identity_counts_the_lines_of_the_cart_in_hand(stocked: Books) -> None:
    await stocked.write(sign_in, OLENA)

    def fill(tx: Tx) -> None:
        cart_id = tx.carts.require_current(RANOK.id, MONDAY_MORNING)
        for article in (MILK, CREAM):
            tx.carts.set_line(cart_id, article, Decimal(12), Unit.PACK, MONDAY_MORNING, present=Decimal(0))

    await stocked.write(fill)
    assert (await who(stocked)).cart_lines == 2


async def test_people_are_found_by_phone_while_they_act_for_somebody(stocked: Books) -> None:
    async def found(phone: str) -> list[UUID]:
        return await stocked.read(lambda tx: tx.accounts.people_with_phone(phone))

    assert await found(OLENA_PHONE) == [OLENA]
    assert await found("+380671112234") == []
    await stocked.write(lambda tx: _leave_client(tx, OLENA))
    await stocked.write(lambda tx: _switch_off(tx, person=ANDRII))
    assert [await found(phone) for phone in (OLENA_PHONE, ANDRII_PHONE, IRYNA_PHONE)] == [[], [], [IRYNA]]
    await stocked.write(lambda tx: _switch_off(tx, client=RANOK.id))
    await stocked.write(lambda tx: _switch_off(tx, client=uid("Готель «Дніпро»")))
    assert await found(IRYNA_PHONE) == []


async def test_an_invite_is_used_once_and_in_time(stocked: Books) -> None:
    await stocked.write(lambda tx: tx.accounts.add_invite("hash", OLENA, MONDAY_MORNING, LATER))

    async def use(token_hash: str, at: datetime) -> UUID | None:
        return await stocked.write(lambda tx: tx.accounts.use_invite(token_hash, at))

    assert await use("another", MONDAY_MORNING) is None
    assert await use("hash", LATER) is None
    assert await use("hash", LATER - timedelta(microseconds=1)) == OLENA
    assert await use("hash", MONDAY_MORNING) is None


async def test_a_phone_code_is_kept_replaced_and_dropped(stocked: Books) -> None:
    def code(attempts: int) -> PhoneCode:
        return PhoneCode(
            channel="viber", external_id="1", phone=OLENA_PHONE, code_hash="hash", expires_at=LATER,
            attempts=attempts, sent=1, window_from=MONDAY_MORNING,
        )  # fmt: skip

    def kept(tx: Tx) -> tuple[str, int, datetime] | None:
        found = tx.accounts.phone_code("viber", "1")
        return (found.phone, found.attempts, found.expires_at) if found else None

    await stocked.write(lambda tx: tx.accounts.save_phone_code(code(0)))
    await stocked.write(lambda tx: tx.accounts.save_phone_code(code(1)))
    assert await stocked.read(kept) == (OLENA_PHONE, 1, LATER)
    assert await stocked.read(lambda tx: tx.accounts.phone_code("viber", "2")) is None
    await stocked.write(lambda tx: tx.accounts.drop_phone_code("viber", "1"))
    assert await stocked.read(kept) is None


async def test_codes_to_one_phone_are_counted_over_all_accounts(stocked: Books) -> None:
    def claim(tx: Tx, account: str, sent: int, at: datetime) -> None:
        tx.accounts.save_phone_code(
            PhoneCode(
                channel="viber",
                external_id=account,
                phone=OLENA_PHONE,
                code_hash="hash",
                expires_at=LATER,
                attempts=0,
                sent=sent,
                window_from=at,
            )
        )

    await stocked.write(claim, "1", 3, MONDAY_MORNING)
    await stocked.write(claim, "2", 2, MONDAY_MORNING)
    await stocked.write(claim, "3", 1, MONDAY_MORNING - timedelta(hours=2))
    since = MONDAY_MORNING - timedelta(hours=1)
    assert await stocked.read(lambda tx: tx.accounts.codes_to(OLENA_PHONE, since)) == 5
    assert await stocked.read(lambda tx: tx.accounts.codes_to("+380671112299", since)) == 0


async def test_an_account_has_one_open_lead_that_grows(stocked: Books) -> None:
    def tell(tx: Tx) -> None:
        tx.accounts.add_lead("viber", "1", "Хтось", None, "кав'ярня", MONDAY_MORNING)
        tx.accounts.add_lead("viber", "1", "Хтось", "+380671112234", "", MONDAY_MORNING)
        tx.accounts.add_lead("viber", "1", "Хтось", None, "потрібне молоко", LATER)
        tx.accounts.add_lead("viber", "2", "Ще хтось", None, "x" * 5000, LATER)

    await stocked.write(tell)
    assert await stocked.read(leads) == [
        ("Хтось", "+380671112234", "кав'ярня\nпотрібне молоко", False),
        ("Ще хтось", None, "x" * 2000, False),
    ]


async def test_joining_closes_the_lead_and_a_later_one_is_new(stocked: Books) -> None:
    def join(tx: Tx) -> None:
        tx.accounts.add_lead("viber", "1", "А", None, "перше", MONDAY_MORNING)
        sign_in(tx, OLENA)
        tx.accounts.add_lead("viber", "1", "Б", None, "друге", LATER)

    await stocked.write(join)
    assert await stocked.read(leads) == [("А", None, "перше", True), ("Б", None, "друге", False)]


async def test_what_a_lead_says_keeps_its_end(stocked: Books) -> None:
    def tell(tx: Tx) -> None:
        tx.accounts.add_lead("viber", "1", "А", None, "x" * 1999, MONDAY_MORNING)
        tx.accounts.add_lead("viber", "1", "А", None, "кінець", MONDAY_MORNING)

    await stocked.write(tell)
    ((_, _, words, _),) = await stocked.read(leads)
    assert (len(words), words[-8:]) == (2000, "x\nкінець")


async def test_a_chat_that_moved_takes_everything_along(stocked: Books) -> None:
    def move(tx: Tx) -> None:
        sign_in(tx, OLENA, "-100")
        tx.dialogues.save(Turn("viber", "-100", "1", MONDAY_MORNING, Dialogue("note")))
        tx.accounts.move_chat("viber", "-100", "-200")
        tx.accounts.move_chat("viber", "-200", "-300")

    await stocked.write(move)
    moved = await who(stocked, "-300")
    assert (moved.person_id, moved.dialogue) == (OLENA, Dialogue("note"))
    assert (await who(stocked, "-100")).known is False
    chats = await stocked.read(
        lambda tx: [tx.accounts.chat_now("viber", chat) for chat in ("-100", "-200", "-300", "7")]
    )
    assert chats == ["-300", "-300", "-300", "7"]
    assert await stocked.read(lambda tx: tx.accounts.chat_now("telegram", "-100")) == "-100"


async def test_a_move_told_twice_or_late_loses_nothing(stocked: Books) -> None:
    def move(tx: Tx) -> None:
        sign_in(tx, ANDRII, "-100")
        sign_in(tx, OLENA, "-200")
        tx.accounts.move_chat("viber", "-100", "-200")
        tx.accounts.move_chat("viber", "-100", "-200")
        tx.accounts.move_chat("viber", "-200", "-200")

    await stocked.write(move)
    assert (await who(stocked, "-200")).person_id == OLENA
    assert await stocked.read(lambda tx: tx.accounts.chat_now("viber", "-100")) == "-200"


def _leave_client(tx: Tx, person_id: UUID) -> None:
    tx.accounts._connection.execute(delete(Membership).where(Membership.person_id == person_id))


def _switch_off(tx: Tx, *, person: UUID | None = None, client: UUID | None = None) -> None:
    tx.accounts._connection.execute(update(Person).where(Person.id == person).values(active=False))
    tx.accounts._connection.execute(update(Client).where(Client.id == client).values(active=False))


def _speak(tx: Tx, person_id: UUID, language: str) -> None:
    tx.accounts._connection.execute(update(Person).where(Person.id == person_id).values(language=language))
