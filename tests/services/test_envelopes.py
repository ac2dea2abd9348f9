"""A document from one press to its signatures, over real books and a service that answers as it likes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from bot.db.models import Client, Contract, Price
from bot.db.tx import Tx
from bot.domain.accounting import AccountingEvent, Subject
from bot.domain.credit import HeldState
from bot.domain.dispatch import CHATS, Terms, Way
from bot.domain.envelope import EnvelopeRules, FileRole, Happening, Stage, Start, Trouble
from bot.domain.errors import Ambiguous, Forbidden, NotFound, Outdated, Refused, Unavailable
from bot.domain.job import Job, Queue, Run
from bot.domain.notice import NoticeKind
from bot.domain.signing import Allowance, DocumentKind, Doubt, FirstSigner, ServiceState
from bot.services.dispatch import Dispatching
from bot.services.envelopes.allowance import WATCH_ALLOWANCE
from bot.services.envelopes.steps import KEEP, SEND, UPLOAD
from bot.services.exchange import Exchange
from bot.services.look_again import EXAMINE
from tests.db.people import DNIPRO, IRYNA, MILK, OLENA, RANOK, turn
from tests.services.backroom import Backroom
from tests.services.signing import LAWYER, MANAGER, SECOND, Signing
from tests.support.signing import OURS, RECIPIENT
from tests.support.wholesaler import OLENA_PHONE


@pytest.fixture
async def signing(backroom: Backroom, tmp_path: Path) -> Signing:
    await backroom.sign_in(OLENA, "telegram", "1")
    return Signing(backroom, tmp_path)


async def test_one_press_fills_and_goes_to_the_lawyers(signing: Signing) -> None:
    envelope = await signing.asked()
    assert (envelope.number, envelope.stage, envelope.asked.name) == ("Д-26-0001", Stage.FILLING, "Оксана")
    await signing.works()
    filled = await signing.view(envelope.id)
    assert (filled.stage, filled.recipient_code, filled.template) == (Stage.REVIEW, RECIPIENT.code, "supply 1")
    assert filled.file is not None and filled.file.name == "Договір Д-26-0001.pdf"
    assert await signing.heard(NoticeKind.REVIEW) == ["lawyers"]


async def test_the_approval_leads_to_a_prompt_on_the_clients_phone(signing: Signing) -> None:
    envelope = await signing.approved()
    assert (envelope.stage, envelope.said_code) == (Stage.SENT, "7002")
    assert signing.notary.sent == [envelope.ref]
    assert await signing.heard(NoticeKind.TO_SIGN) == ["telegram:1"]


async def test_all_signatures_bring_the_files_and_everybody_hears(signing: Signing) -> None:
    envelope = await signing.signed()
    assert (envelope.stage, envelope.doubts, envelope.sound) == (Stage.SIGNED, (), True)
    folder = await signing.folder(envelope.id)
    assert sorted(folder.files) == [FileRole.ARCHIVE, FileRole.CONTAINER, FileRole.ORIGINAL]
    original = signing.files.find(folder.files[FileRole.ORIGINAL].sha256)
    assert original is not None and original.read_text("utf-8") == "Д-26-0001 v1"
    assert [one.code for one in folder.signatures] == [RECIPIENT.code, OURS]
    assert [line.what for line in folder.history] == [
        Happening.ASKED, Happening.FILLED, Happening.APPROVED, Happening.UPLOADED, Happening.SENT, Happening.SIGNED,
        Happening.LOOKED_AT,
    ]  # fmt: skip
    assert (await signing.heard(NoticeKind.SIGNED))[0] == "telegram:1"
    assert (await signing.heard(NoticeKind.ENVELOPE))[-2:] == ["managers", "finance"]


async def test_a_text_message_with_the_link_goes_beside_the_chat(backroom: Backroom, tmp_path: Path) -> None:
    await backroom.sign_in(OLENA, "telegram", "1")
    backroom.dispatching = Dispatching(backroom.books, Terms(ways=CHATS | {Way.SMS}), backroom.clock)
    signing = Signing(backroom, tmp_path, texts=True)
    await signing.approved()
    told = [
        one for one in await signing.heard(NoticeKind.TO_SIGN) if one.startswith(("telegram:", f"sms:{OLENA_PHONE}"))
    ]
    assert told == ["telegram:1", f"sms:{OLENA_PHONE}"]


async def test_a_second_press_while_one_is_open_leads_to_the_same(signing: Signing) -> None:
    first, second = await signing.asked(), await signing.asked()
    assert second.id == first.id
    await signing.works()
    assert await signing.heard(NoticeKind.REVIEW) == ["lawyers"]
    assert (await signing.asked(DocumentKind.RECONCILIATION)).number == "АЗ-26-0001"


async def test_of_two_lawyers_the_first_decides(signing: Signing) -> None:
    envelope = await signing.asked()
    await signing.works()
    await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    seen = await signing.desk.return_(turn("yurii="), envelope.id, 1, SECOND, "ні")
    assert (seen.envelope.stage, seen.envelope.reviewed_by, seen.envelope.comment) == (Stage.APPROVED, "Леся", "")
    await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    await signing.works()
    assert signing.notary.uploads == 1


async def test_a_returned_one_is_filled_again_and_an_old_card_decides_nothing(signing: Signing) -> None:
    envelope = await signing.asked()
    await signing.works()
    returned = await signing.desk.return_(turn("lesia="), envelope.id, 1, LAWYER, "  строк 14 днів  ")
    assert (returned.envelope.stage, returned.envelope.comment) == (Stage.RETURNED, "строк 14 днів")
    await signing.desk.again(turn("oksana="), envelope.id, 1, MANAGER)
    await signing.works()
    again = await signing.view(envelope.id)
    assert (again.stage, again.revision, again.number) == (Stage.REVIEW, 2, "Д-26-0001")
    with pytest.raises(Outdated):
        await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    assert await signing.heard(NoticeKind.REVIEW) == ["lawyers", "lawyers"]


async def test_what_is_missing_is_named_and_filled_once_it_is_there(signing: Signing) -> None:
    signing.filler.lacks = ("клієнт.єдрпоу", "клієнт.пошта")
    envelope = await signing.asked()
    await signing.works()
    lacking = await signing.view(envelope.id)
    assert (lacking.stage, lacking.lacks) == (Stage.LACKING, ("клієнт.єдрпоу", "клієнт.пошта"))
    assert await signing.heard(NoticeKind.ENVELOPE) == ["managers"]
    signing.filler.lacks = ()
    await signing.desk.again(turn("oksana="), envelope.id, 1, MANAGER)
    await signing.works()
    assert (await signing.view(envelope.id)).stage is Stage.REVIEW


async def test_an_upload_whose_answer_was_lost_is_found_and_not_repeated(signing: Signing) -> None:
    signing.notary.loses = "after"
    envelope = await signing.asked()
    await signing.works()
    await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    with pytest.raises(Ambiguous):
        await signing.works()
    assert await signing.stage(envelope) is Stage.APPROVED
    signing.notary.loses = None
    await signing.works()
    assert (await signing.stage(envelope), signing.notary.uploads) == (Stage.SENT, 1)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("login_required", Trouble.LOGIN),
        ("access_denied", Trouble.TARIFF),
        ("rate_upload_overlimit", Trouble.QUOTA),
        ("wrong_recipient", Trouble.RECIPIENT),
        ("bad_recipient", Trouble.RECIPIENT),
        ("permission", Trouble.RIGHTS),
        ("invalid_request", Trouble.REFUSED),
    ],
)
async def test_a_refusal_of_the_service_waits_for_a_person_and_is_tried_again(
    signing: Signing, code: str, trouble: Trouble
) -> None:
    envelope = await signing.asked()
    await signing.works()
    signing.notary.refuses = code
    await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    await signing.works()
    stuck = await signing.view(envelope.id)
    assert (stuck.stage, stuck.trouble) == (Stage.APPROVED, trouble)
    assert await signing.heard(NoticeKind.ENVELOPE) == ["managers"]
    signing.notary.refuses = None
    await signing.desk.again(turn("oksana="), envelope.id, 1, MANAGER)
    await signing.works()
    mended = await signing.view(envelope.id)
    assert (mended.stage, mended.trouble) == (Stage.SENT, None)


async def test_a_day_without_the_service_loses_nothing(signing: Signing) -> None:
    envelope = await signing.asked()
    await signing.works()
    signing.notary.silent = True
    await signing.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
    with pytest.raises(Unavailable):
        await signing.works()
    signing.notary.silent = False
    await signing.works()
    assert await signing.stage(envelope) is Stage.SENT


async def test_the_process_may_die_between_any_two_steps(signing: Signing) -> None:
    """Every handler run again after its commit changes nothing."""
    envelope = await signing.signed()
    before = await signing.folder(envelope.id)
    for name, handler in (
        (UPLOAD, signing.jobs.sending.upload),
        (SEND, signing.jobs.sending.send),
        (KEEP, signing.jobs.keeping.keep),
    ):
        for run in await signing.last_jobs(name):
            await handler(run)
    assert await signing.folder(envelope.id) == before
    assert (signing.notary.uploads, len(signing.notary.sent)) == (1, 1)


async def test_a_rejection_brings_its_reason(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.says(envelope, ServiceState.REJECTED, "не та ціна на молоко")
    await signing.polls()
    rejected = await signing.view(envelope.id)
    assert (rejected.stage, rejected.rejection) == (Stage.REJECTED, "не та ціна на молоко")
    assert rejected.ended_at is not None
    assert (await signing.asked()).number == "Д-26-0002"


async def test_where_we_sign_first_it_is_sent_once_our_signature_is_there(backroom: Backroom, tmp_path: Path) -> None:
    await backroom.sign_in(OLENA, "telegram", "1")
    signing = Signing(backroom, tmp_path, EnvelopeRules(first=FirstSigner.OWNER))
    envelope = await signing.approved()
    assert (envelope.stage, signing.notary.sent) == (Stage.UPLOADED, [])
    assert await signing.heard(NoticeKind.TO_SIGN) == []
    signing.says(envelope, ServiceState.SIGNING_OWNER)
    await signing.polls()
    await signing.works()
    assert (await signing.stage(envelope), signing.notary.sent) == (Stage.SENT, [envelope.ref])
    assert await signing.heard(NoticeKind.TO_SIGN) == ["telegram:1"]


async def test_an_unknown_state_is_waited_on(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.says(envelope, ServiceState.UNKNOWN)
    await signing.polls()
    waiting = await signing.view(envelope.id)
    assert (waiting.stage, waiting.said, waiting.said_code) == (Stage.SENT, ServiceState.SENT, "7009")
    signing.says(envelope, ServiceState.SIGNED)
    await signing.polls()
    assert await signing.stage(envelope) is Stage.SIGNED


async def test_a_document_signed_by_a_stranger_is_for_the_lawyers_first(signing: Signing) -> None:
    signing.notary.signed_by = ["99999999", OURS]
    envelope = await signing.signed()
    assert (envelope.doubts, envelope.sound) == ((Doubt.STRANGER_SIGNED, Doubt.CLIENT_MISSING), False)
    assert await signing.heard(NoticeKind.SIGNED) == []
    assert await signing.heard(NoticeKind.REVIEW) == ["lawyers", "lawyers"]
    await signing.desk.accept(turn("lesia="), envelope.id, LAWYER)
    await signing.desk.accept(turn("yurii="), envelope.id, SECOND)
    accepted = await signing.view(envelope.id)
    assert (accepted.accepted_by, accepted.sound) == ("Леся", True)
    assert await signing.heard(NoticeKind.SIGNED) == ["telegram:1"]


async def test_a_document_that_was_changed_there_is_seen(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.notary.contents[envelope.ref] = b"something else"
    signing.says(envelope, ServiceState.SIGNED)
    await signing.polls()
    assert (await signing.view(envelope.id)).doubts == (Doubt.CONTENT_DIFFERS,)


async def test_deleted_there_it_is_withdrawn(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.says(envelope, ServiceState.GONE)
    await signing.polls()
    assert await signing.stage(envelope) is Stage.WITHDRAWN


async def test_taken_back_by_the_office_it_is_gone_at_the_service(signing: Signing) -> None:
    envelope = await signing.approved()
    await signing.desk.withdraw(turn("oksana="), envelope.id, MANAGER)
    await signing.works()
    assert await signing.stage(envelope) is Stage.WITHDRAWN
    assert signing.notary.states_[envelope.ref] is ServiceState.GONE


async def test_signed_in_the_very_moment_it_is_signed(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.says(envelope, ServiceState.SIGNED)
    await signing.desk.withdraw(turn("oksana="), envelope.id, MANAGER)
    await signing.works()
    assert await signing.stage(envelope) is Stage.SIGNED


async def test_nobody_signed_in_time(signing: Signing) -> None:
    envelope = await signing.approved()
    assert envelope.sign_by == date(2026, 12, 23)
    signing.room.later(days=31)
    await signing.morning()
    assert await signing.stage(envelope) is Stage.EXPIRED
    assert signing.notary.states_[envelope.ref] is ServiceState.GONE


async def test_a_late_signature_is_caught_by_the_net(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.room.later(days=31)
    signing.notary.silent = True
    with pytest.raises(Unavailable):
        await signing.morning()
    signing.notary.silent = False
    signing.says(envelope, ServiceState.SIGNED)
    await signing.sweeps()
    assert await signing.stage(envelope) is Stage.SIGNED


async def test_signers_are_reminded_on_working_mornings_once_a_step(signing: Signing) -> None:
    await signing.approved()
    heard = []
    for _ in range(12):
        signing.room.later(days=1)
        await signing.morning()
        await signing.morning()
        heard.append(len(await signing.heard(NoticeKind.TO_SIGN)))
    # Monday the 23rd; two, five (a Saturday, so on Monday) and ten days later
    assert heard == [1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4]


async def test_lawyers_are_reminded_once_a_day_of_what_is_late(signing: Signing) -> None:
    await signing.asked()
    await signing.works()
    await signing.morning()
    assert len(await signing.heard(NoticeKind.REVIEW)) == 1
    signing.room.clock.moment += timedelta(days=1)
    await signing.morning()
    await signing.morning()
    assert len(await signing.heard(NoticeKind.REVIEW)) == 2


async def test_only_who_signs_for_the_client_asks_and_sees(signing: Signing) -> None:
    envelope = await signing.asked_by()
    assert [one.id for one in await signing.desk.of_client(RANOK, OLENA)] == [envelope.id]
    with pytest.raises(Forbidden):
        await signing.asked_by(DNIPRO, OLENA)
    with pytest.raises(NotFound):
        await signing.desk.clients_folder(DNIPRO, IRYNA, envelope.id)


async def test_without_a_service_nobody_is_promised_anything(signing: Signing) -> None:
    signing.desk.on = False
    with pytest.raises(Refused, match="no_signing"):
        await signing.asked()


async def test_the_page_leads_to_the_service_by_a_press(signing: Signing) -> None:
    envelope = await signing.approved()
    view = await signing.page.page(envelope.token)
    assert (view.waits, signing.notary.links) == (True, [])
    assert await signing.page.go(envelope.token) == "https://signing.example/session/1"
    assert signing.notary.links == [(envelope.ref, RECIPIENT.code)]
    with pytest.raises(NotFound):
        await signing.page.page("x" * 43)


async def test_where_no_session_is_made_the_page_leads_to_the_document(signing: Signing) -> None:
    envelope = await signing.approved()
    signing.notary.refuses = "permission"
    assert await signing.page.go(envelope.token) == f"https://signing.example/{envelope.ref}"


async def test_what_waits_no_more_is_not_signed_from_the_page(signing: Signing) -> None:
    envelope = await signing.signed()
    with pytest.raises(Refused, match="not_to_sign"):
        await signing.page.go(envelope.token)


# --- what begins by itself --------------------------------------------------------------------------------------------


@pytest.fixture
async def ruled(backroom: Backroom, tmp_path: Path) -> Signing:
    """All rules are on; everybody has a code."""
    await backroom.sign_in(OLENA, "telegram", "1")
    await backroom.books.write(lambda tx: tx._connection.execute(update(Client).values(tax_code="40123456")).rowcount)
    return Signing(backroom, tmp_path, EnvelopeRules(starts=frozenset(Start)))


async def test_a_client_whose_people_joined_and_who_has_no_contract_gets_one(ruled: Signing) -> None:
    assert await ruled.starts() == ["Кафе «Ранок»: contract, new"]
    await ruled.works()
    assert await ruled.starts() == []


async def test_a_contract_in_1c_is_a_contract(ruled: Signing) -> None:
    def known(tx: Tx) -> None:
        values = {"external_id": "c1", "client_id": RANOK.id, "name": "Основний", "dated": date(2025, 1, 1)}
        tx._connection.execute(insert(Contract).values(**values, number="7", active=True, main=True))

    await ruled.room.books.write(known)
    assert await ruled.starts() == []


async def test_a_contract_that_ends_within_a_month_is_followed_by_another_once(ruled: Signing) -> None:
    envelope = await ruled.signed()
    assert envelope.terms.until == date(2027, 12, 31)
    ruled.room.clock.moment = datetime(2027, 11, 30, 8, 0, tzinfo=UTC)
    assert await ruled.starts() == []
    ruled.room.clock.moment = datetime(2027, 12, 1, 8, 0, tzinfo=UTC)
    assert await ruled.starts() == ["Кафе «Ранок»: contract, expiring"]
    await ruled.works()
    assert await ruled.starts() == []


async def test_new_prices_bring_an_annex_once_a_month(ruled: Signing) -> None:
    await ruled.signed()
    await ruled.room.price("10661", "52.69")
    ruled.room.later(days=29)
    moved = update(Price).where(Price.article_id == MILK).values(since=ruled.room.clock())
    await ruled.room.books.write(lambda tx: tx._connection.execute(moved).rowcount)
    assert await ruled.starts() == []
    ruled.room.later(days=7)
    assert await ruled.starts() == ["Кафе «Ранок»: amendment, prices"]


async def test_on_a_day_off_nothing_begins(ruled: Signing) -> None:
    ruled.room.clock.moment = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
    assert await ruled.starts() == []


async def test_without_rules_nothing_begins(signing: Signing) -> None:
    assert await signing.starts() == []


async def test_somebody_in_1c_presses_for_a_contract(signing: Signing) -> None:
    exchange = Exchange(
        signing.room.books, signing.room.clock, lambda _: iter(()), connected=False, envelopes=signing.desk
    )
    wish = AccountingEvent("m1", Subject.CLIENTS, "ranok", DocumentKind.CONTRACT)
    assert [await exchange.event(wish), await exchange.event(wish)] == [True, False]
    assert await exchange.event(AccountingEvent("m2", Subject.CLIENTS, "nobody", DocumentKind.CONTRACT))
    assert [(one.client, one.asked.name) for one in await signing.desk.at([Stage.FILLING])] == [("Кафе «Ранок»", "1С")]


# --- what depends on it -----------------------------------------------------------------------------------------------


async def has_contract(signing: Signing, today: date = date(2026, 11, 27)) -> bool:
    return await signing.room.books.read(lambda tx: tx.envelopes.has_contract(RANOK.id, today))


async def test_a_contract_counts_once_it_is_sound_and_while_it_is_in_force(signing: Signing) -> None:
    signing.notary.signed_by = ["99999999", OURS]
    envelope = await signing.signed()
    assert not await has_contract(signing)
    await signing.desk.accept(turn("lesia="), envelope.id, LAWYER)
    assert await has_contract(signing)
    assert await has_contract(signing, date(2027, 12, 31))
    assert not await has_contract(signing, date(2028, 1, 1))


async def test_orders_that_wait_are_looked_at_again_once_it_is_signed(signing: Signing) -> None:
    order_id, now = await signing.room.place(), signing.room.clock()
    await signing.room.books.write(lambda tx: tx.held_orders.hold(order_id, RANOK.id, HeldState.HELD, now))
    await signing.signed()
    assert [job.args["client"] for job in await signing.room.jobs(EXAMINE)] == [str(RANOK.id)]


async def test_a_paper_contract_in_1c_counts_while_it_is_in_force(signing: Signing) -> None:
    def known(tx: Tx) -> None:
        values = {"external_id": "c1", "client_id": RANOK.id, "name": "Основний", "dated": date(2025, 1, 1)}
        ends = {"until": date(2026, 12, 31)}
        tx._connection.execute(insert(Contract).values(**values, **ends, number="7", active=True, main=True))

    await signing.room.books.write(known)
    assert await has_contract(signing)
    assert not await has_contract(signing, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("left", "days", "told"),
    [(21, 15, []), (20, 15, ["few"]), (0, 15, ["used_up"]), (None, 14, ["2026-12-07"]), (3, 1, ["few", "2026-11-24"])],
)
async def test_the_tariff_is_watched_and_told_once_a_week(
    signing: Signing, left: int | None, days: int, told: list[str]
) -> None:
    signing.notary.tariff = Allowance("test", left, signing.room.clock() + timedelta(days=days))
    for _ in range(2):
        await signing.jobs.allowance.run(Run("1", Job(WATCH_ALLOWANCE, Queue.SIGNING, {}, key="1"), 1))
    heard = [one.about for one in await signing.room.told_staff() if one.kind == NoticeKind.ALLOWANCE.value]
    assert heard == told
