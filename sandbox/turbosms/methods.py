"""The methods of the API: fields in, the code of the whole and its result out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from sandbox.turbosms import codes
from sandbox.turbosms.account import Account, Row, rows_of
from sandbox.turbosms.codes import Denied
from sandbox.turbosms.message import Message
from sandbox.turbosms.wanted import KYIV, PHONE, Fields, Wanted, sequence_of, wanted

Result = tuple[int, object]
MOST_MESSAGES = 500


def ping(account: Account, fields: Fields) -> Result:
    return codes.PONG, None


def balance(account: Account, fields: Fields) -> Result:
    return codes.OK, {"balance": float(account.balance)}


def send(account: Account, fields: Fields) -> Result:
    """Once for a `sequence_id`: a repeat is told so together with what came of the first. Raises Denied."""
    sequence = sequence_of(fields)
    before = account.done_before(sequence) if sequence else None
    if before is not None:
        raise Denied(codes.DUPLICATE_REQUEST, before)
    asked = wanted(fields)
    for channel, part in (("sms", asked.sms), ("viber", asked.viber)):
        if part:
            account.require_sender(channel, part.sender)
    _require_money(account, asked)
    rows = rows_of(_sent(account, asked))
    if sequence:
        account.remember(sequence, rows)
    return _whole(rows), rows


def send_multi(account: Account, fields: Fields) -> Result:
    """An object of requests by the customer's own keys; the result has the same keys."""
    results: dict[str, object] = {}
    for key, one in fields.items():
        if key == "token":
            continue
        try:
            code, result = send(account, one if isinstance(one, dict) else {})
        except Denied as denied:
            code, result = denied.code, denied.result
        results[key] = codes.answer(code, result)
    if not results:
        raise Denied(codes.REQUIRED_CONTENT)
    return codes.OK, results


def status(account: Account, fields: Fields) -> Result:
    """Raises Denied 307, 300."""
    said = fields.get("messages")
    if not isinstance(said, list) or not said or not all(isinstance(one, str) and one for one in said):
        raise Denied(codes.INVALID_MESSAGE_ID)
    if len(said) > MOST_MESSAGES:
        raise Denied(codes.INVALID_REQUEST)
    rows = [_status(account, one) for one in said]
    return (codes.OK if any(row["response_code"] == codes.OK for row in rows) else codes.UNKNOWN_MESSAGE), rows


METHODS: Mapping[str, Callable[[Account, Fields], Result]] = MappingProxyType(
    {
        "message/send": send,
        "message/sendmulti": send_multi,
        "message/status": status,
        "message/ping": ping,
        "user/balance": balance,
        "user/ping": ping,
    }
)


def written(moment: float) -> str:
    """Kyiv's clock, as the provider writes it."""
    return datetime.fromtimestamp(moment, KYIV).strftime("%Y-%m-%d %H:%M:%S")


def _require_money(account: Account, asked: Wanted) -> None:
    if account.at_most(asked.viber is not None, asked.parts) * len(asked.recipients) > account.balance:
        raise Denied(codes.REQUIRED_BALANCE)


def _sent(account: Account, asked: Wanted) -> list[tuple[str, int, Message | None]]:
    done: list[tuple[str, int, Message | None]] = []
    for phone in asked.recipients:
        code = _refusal(account, phone, asked, {one for one, _, _ in done})
        message = None
        if code == codes.OK:
            start = max(account.clock.time(), asked.start)
            message = account.take(phone, asked.sms, asked.viber, asked.parts, ttl=asked.ttl, start=start)
        done.append((phone, code, message))
    return done


def _refusal(account: Account, phone: str, asked: Wanted, before: set[str]) -> int:
    if not PHONE.fullmatch(phone):
        return codes.INVALID_PHONE
    if phone in account.stoplist:
        return codes.STOPLIST
    if phone in before:
        return codes.RECIPIENT_DUPLICATE
    return codes.MESSAGE_DUPLICATE if account.is_repeated(phone, asked.sms, asked.viber) else codes.OK


def _whole(rows: list[Row]) -> int:
    taken = [row for row in rows if row["response_code"] == codes.OK]
    if not taken:
        code = rows[0]["response_code"]
        assert isinstance(code, int)
        return code
    return codes.ACCEPTED if len(taken) == len(rows) else codes.PARTLY


def _status(account: Account, id: str) -> Row:
    message = account.messages.get(id)
    if message is None:
        code = codes.UNKNOWN_MESSAGE
        return {"message_id": id, "response_code": code, "response_status": codes.name(code)}
    step = message.steps[-1]
    return {
        "message_id": id,
        "recipient": message.phone,
        "sent": written(message.made_at),
        "updated": written(step.at),
        "status": step.status,
        "type": step.channel,
        "rejected_status": "",
        "click_time": "",
        "response_code": codes.OK,
        "response_status": codes.name(codes.OK),
    }
