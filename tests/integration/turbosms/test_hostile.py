"""Whatever comes in, nothing but a refusal comes out."""

import json
from contextlib import suppress
from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.errors import Ambiguous, OutsideError
from bot.domain.sms import SmsState
from integrations.turbosms.client import Call, _envelope, _taken
from integrations.turbosms.incoming import Callback, read
from integrations.turbosms.signature import form_of
from integrations.turbosms.values import Statuses, moment

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "data", "message_id", "phone"]), inner),
    max_leaves=10,
)
FIELDS = st.dictionaries(st.sampled_from(["id", "signature", "type", "data", "try", "date"]), ANYTHING)
ROWS = st.dictionaries(st.sampled_from(["phone", "message_id", "response_code"]), ANYTHING)


CODES = st.sampled_from([0, 800, 507, 203, 999, None, "800"])
ENVELOPES = st.builds(
    lambda code, result: json.dumps({"response_code": code, "response_result": result}).encode(),
    CODES,
    ANYTHING | st.lists(ROWS),
)


def _read(raw: bytes) -> Callback | None:
    with suppress(ValueError):
        return read(raw)
    return None


@settings(deadline=None)
@given(st.binary())
@example(b'{"data": "{"}')
@example(b"data=%7B&id=1")
@example(b"data[=1")
def test_any_bytes_are_a_callback_or_a_refusal(raw: bytes) -> None:
    assert isinstance(_read(raw), Callback | None)


@settings(deadline=None)
@given(FIELDS)
def test_any_object_is_read_as_plain_texts(fields: dict[str, object]) -> None:
    callback = _read(json.dumps(fields).encode()) or Callback()
    assert all(isinstance(one, str) for one in (callback.id, callback.signature, callback.data.message_id))
    assert form_of("s3cret", callback.id, callback.signature) is None
    assert isinstance(moment(callback.data.dlr_date), datetime | None)
    assert Statuses().read(callback.data.status) in SmsState


@settings(deadline=None)
@given(st.binary() | ENVELOPES)
def test_any_answer_is_an_id_or_an_error_of_the_outside(raw: bytes) -> None:
    call = Call("message/send", Ambiguous)
    try:
        found = _taken(call, "380671234567", _envelope(call, raw))
    except OutsideError:
        return
    assert isinstance(found, str)
    assert found
