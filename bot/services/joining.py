"""How a messenger account becomes a client's person: by a personal link, a proven phone, or a code by SMS."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.db.books import Books
from bot.db.clients import ClientChoice
from bot.db.models import PhoneCode
from bot.db.tx import Tx
from bot.domain.campaign import INVITE_LIFE
from bot.domain.client import Identity
from bot.domain.desk import Said
from bot.domain.dialogue import Turn
from bot.domain.errors import Ambiguous, Forbidden, NotFound, OutsideError, Refused
from bot.domain.requisites import phone as written_phone
from bot.i18n import Translator
from bot.logs import log
from bot.ports import Clock, SmsSender
from bot.services.desk import StaffDesk
from bot.services.leads import led

CODE_LIFE = timedelta(minutes=10)
ATTEMPTS = 5
CODES_AN_HOUR = 3
CODES_TO_A_PHONE = 6
"""Whoever claims it: one number must not be pestered from many accounts."""
logger = log("joining")


class Step(StrEnum):
    """How far an account has come."""

    JOINED = "joined"
    CODE_SENT = "code_sent"
    WRONG_CODE = "wrong_code"
    CODE_GONE = "code_gone"
    UNKNOWN_PHONE = "unknown_phone"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where joining stands; `left` attempts at a code, `phone` with only its end shown."""

    step: Step
    who: Identity
    left: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """A person's token, said once, and until when it is good."""

    token: str = field(repr=False)
    until: datetime


class Joining:
    """Accounts and the people they belong to."""

    def __init__(
        self, books: Books, sms: SmsSender | None, *, company: str, now: Clock, desk: StaffDesk | None = None
    ) -> None:
        self._books = books
        self._sms = sms
        self._company = company
        self._now = now
        self._desk = desk

    async def invite(self, person_id: UUID) -> str:
        """A one-time token for the person's own link; only its hash is kept."""
        (invited,) = await self.invite_all([person_id])
        return invited.token

    async def invite_all(self, people: Sequence[UUID]) -> list[Invited]:
        """The same for many people, in their order: all of them or nobody."""
        now = self._now()
        tokens = [secrets.token_urlsafe(24) for _ in people]
        await self._books.write(_add_invites, [_hash(token) for token in tokens], people, now)
        return [Invited(token, now + INVITE_LIFE) for token in tokens]

    async def by_token(self, turn: Turn, token: str) -> Identity:
        """Raises Refused: invite_used, for a wrong, used or expired link alike."""

        def join(tx: Tx) -> None:
            person_id = tx.accounts.use_invite(_hash(token), turn.at)
            if person_id is None:
                raise Refused("invite_used")
            person_id = tx.people.merged_into(person_id) or person_id
            tx.accounts.sign_in(turn.channel, turn.external_id, person_id, turn.at)

        return await self._books.apply(turn, join, lambda tx: _who(tx, turn))

    async def by_proven_phone(self, turn: Turn, phone: str, name: str) -> Progress:
        """The messenger vouches that the phone is the sender's. Raises Refused: not_a_phone."""
        number = _number(phone)

        def join(tx: Tx) -> None:
            people = tx.accounts.people_with_phone(number)
            if people:
                tx.accounts.sign_in(turn.channel, turn.external_id, people[0], turn.at)
            else:
                led(tx, turn, self._desk, name, Said(number, ""), number)

        who = await self._books.apply(turn, join, lambda tx: _who(tx, turn))
        return Progress(Step.JOINED if who.person_id else Step.UNKNOWN_PHONE, who, phone=number[-4:])

    async def by_claimed_phone(self, turn: Turn, phone: str, name: str, tr: Translator) -> Progress:
        """A phone anybody could name: a known one gets a code by SMS. Raises Refused: not_a_phone, too_many_codes.

        No transaction holds an SMS, so the event is done only when it has gone: a crash before that sends a new code.
        """
        if self._sms is None:
            raise Refused("no_sms")
        number = _number(phone)
        code = f"{secrets.randbelow(1_000_000):06d}"

        def claim(tx: Tx) -> bool:
            if tx.dialogues.seen(turn):
                return False
            if not tx.accounts.people_with_phone(number):
                return False
            _new_code(tx, turn, number, code)
            return True

        def unknown(tx: Tx) -> None:
            if not tx.accounts.people_with_phone(number):
                led(tx, turn, self._desk, name, Said(number, ""), number)

        if await self._books.write(claim):
            text = tr.label("Your code for {company}: {code}. Tell it to nobody.", code=code, company=self._company)
            await self._send(turn, number, text)
        who, claimed = await self._books.apply(turn, unknown, lambda tx: (_who(tx, turn), _claims(tx, turn, number)))
        if not claimed:
            return Progress(Step.UNKNOWN_PHONE, who, phone=number[-4:])
        return Progress(Step.CODE_SENT, who, ATTEMPTS, number[-4:])

    async def by_code(self, turn: Turn, typed: str) -> Progress:
        """The code from the SMS; a wrong one costs an attempt."""

        def check(tx: Tx) -> None:
            code = tx.accounts.phone_code(turn.channel, turn.external_id)
            if code is None or code.expires_at <= turn.at or code.attempts >= ATTEMPTS:
                return
            code.attempts += 1
            if not hmac.compare_digest(code.code_hash, _code_hash(turn, code.phone, typed)):
                tx.accounts.save_phone_code(code)
                return
            people = tx.accounts.people_with_phone(code.phone)
            if people:
                tx.accounts.sign_in(turn.channel, turn.external_id, people[0], turn.at)
                tx.accounts.drop_phone_code(turn.channel, turn.external_id)

        return await self._books.apply(turn, check, lambda tx: _progress(tx, turn))

    async def lead(self, turn: Turn, name: str, said: Said) -> None:
        """What somebody unknown wrote, for the managers."""
        await self._books.apply(turn, lambda tx: led(tx, turn, self._desk, name, said), lambda _: None)

    async def speak(self, turn: Turn, language: str) -> Identity:
        """The account's language from now on."""

        def choose(tx: Tx) -> None:
            tx.accounts.set_language(turn.channel, turn.external_id, language)

        return await self._books.apply(turn, choose, lambda tx: _who(tx, turn))

    async def clients(self, person_id: UUID) -> list[ClientChoice]:
        return await self._books.read(_clients, person_id)

    async def act_for(self, turn: Turn, person_id: UUID, client_id: UUID) -> Identity:
        """Order for another of the person's clients. Raises Forbidden."""

        def choose(tx: Tx) -> None:
            if client_id not in {client.id for client in tx.clients.of_person(person_id)}:
                raise Forbidden("client")
            tx.accounts.choose_client(turn.channel, turn.external_id, client_id)

        return await self._books.apply(turn, choose, lambda tx: _who(tx, turn))

    async def act_for_owner(self, turn: Turn, person_id: UUID, order_id: UUID) -> Identity:
        """Order for the client whose order this is, if the person acts for it. Raises NotFound."""

        def choose(tx: Tx) -> None:
            client_id = tx.orders.client_of(str(order_id))
            if client_id not in {client.id for client in tx.clients.of_person(person_id)}:
                raise NotFound("order")
            assert client_id is not None
            tx.accounts.choose_client(turn.channel, turn.external_id, client_id)

        return await self._books.apply(turn, choose, lambda tx: _who(tx, turn))

    async def leave(self, turn: Turn) -> Identity:
        """The account belongs to nobody any more."""

        def part(tx: Tx) -> None:
            tx.accounts.sign_out(turn.channel, turn.external_id)

        return await self._books.apply(turn, part, lambda tx: _who(tx, turn))

    async def _send(self, turn: Turn, phone: str, text: str) -> None:
        """An SMS whose answer was lost has probably gone; one that surely has not does not count."""
        assert self._sms is not None
        try:
            await self._sms.send(phone, text, _key(turn))
        except Ambiguous as error:
            logger.warning("code perhaps not sent", error=str(error))
        except OutsideError as error:
            logger.warning("code not sent", error=str(error))
            await self._books.write(_take_back, turn)
            raise Refused("sms_failed") from error


def _number(phone: str) -> str:
    try:
        return written_phone(phone)
    except ValueError as error:
        raise Refused("not_a_phone") from error


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(turn: Turn, phone: str, code: str) -> str:
    return _hash(f"{turn.channel}:{turn.external_id}:{phone}:{code.strip()[:12]}")


def _key(turn: Turn) -> str:
    """Of this code: an event that comes again brings another code, which must not be taken for the first one's SMS."""
    return _hash(f"{turn.channel}:{turn.event_id}:{secrets.token_hex(8)}")[:32]


def _new_code(tx: Tx, turn: Turn, phone: str, code: str) -> None:
    before = tx.accounts.phone_code(turn.channel, turn.external_id)
    within = before is not None and turn.at - before.window_from < timedelta(hours=1)
    sent = before.sent + 1 if before is not None and within else 1
    to_phone = tx.accounts.codes_to(phone, turn.at - timedelta(hours=1))
    if sent > CODES_AN_HOUR or to_phone >= CODES_TO_A_PHONE:
        raise Refused("too_many_codes")
    tx.accounts.save_phone_code(
        PhoneCode(
            channel=turn.channel,
            external_id=turn.external_id,
            phone=phone,
            code_hash=_code_hash(turn, phone, code),
            expires_at=turn.at + CODE_LIFE,
            attempts=0,
            sent=sent,
            window_from=before.window_from if before is not None and within else turn.at,
        )
    )


def _claims(tx: Tx, turn: Turn, phone: str) -> bool:
    code = tx.accounts.phone_code(turn.channel, turn.external_id)
    return code is not None and code.phone == phone


def let_in(tx: Tx, token: str, person_id: UUID, at: datetime) -> datetime:
    """The token signs the person in, once, until the moment returned; only its hash is kept."""
    tx.accounts.add_invite(_hash(token), person_id, at, at + INVITE_LIFE)
    return at + INVITE_LIFE


def _take_back(tx: Tx, turn: Turn) -> None:
    code = tx.accounts.phone_code(turn.channel, turn.external_id)
    if code is not None:
        code.sent -= 1
        tx.accounts.save_phone_code(code)


def _progress(tx: Tx, turn: Turn) -> Progress:
    who = _who(tx, turn)
    if who.person_id is not None:
        return Progress(Step.JOINED, who)
    code = tx.accounts.phone_code(turn.channel, turn.external_id)
    left = ATTEMPTS - code.attempts if code is not None and code.expires_at > turn.at else 0
    return Progress(Step.WRONG_CODE if left > 0 else Step.CODE_GONE, who, left)


def _who(tx: Tx, turn: Turn) -> Identity:
    return tx.accounts.identity(turn.channel, turn.external_id)


def _clients(tx: Tx, person_id: UUID) -> list[ClientChoice]:
    return tx.clients.of_person(person_id)


def _add_invites(tx: Tx, token_hashes: Sequence[str], people: Sequence[UUID], now: datetime) -> None:
    for token_hash, person_id in zip(token_hashes, people, strict=True):
        tx.accounts.add_invite(token_hash, person_id, now, now + INVITE_LIFE)
