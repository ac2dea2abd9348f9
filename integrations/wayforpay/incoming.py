"""The body of a callback, whatever its content type says it is."""

from urllib.parse import parse_qsl

from integrations.wayforpay.models import Answer
from integrations.wayforpay.wire import decoded

BODY_LIMIT = 256 * 1024
_MOST_FIELDS = 500


def read(raw: bytes) -> Answer:
    """JSON, JSON as the name of a form's field, or a form. Raises ValueError."""
    text = raw.decode("utf-8-sig").strip()
    if text.startswith("{"):
        return Answer.model_validate(decoded(text))
    fields = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    if not fields:
        raise ValueError("empty")
    name, value = fields[0]
    if name.lstrip().startswith("{"):
        return Answer.model_validate(decoded(f"{name}={value}" if value else name))
    return Answer.model_validate(dict(fields))
