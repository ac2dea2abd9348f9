"""The control sum of SMS API 3.0: MD5 over the values in the order of their names."""

import hashlib
import hmac
from collections.abc import Mapping

VERSION = "3.0"


def control_sum(action: str, params: Mapping[str, str], private_key: str) -> str:
    """Lower-case hex `sum` of a request; `params` are the values as sent, `key` and `test` among them.

    `version` and `action` (as written in the path) always take part, whether sent or not; `sum` never does.
    """
    signed = {name: value for name, value in params.items() if name != "sum"}
    signed |= {"version": VERSION, "action": action}
    ordered = "".join(signed[name] for name in sorted(signed, key=str.encode))
    return hashlib.md5((ordered + private_key).encode(), usedforsecurity=False).hexdigest()


def is_signed(action: str, params: Mapping[str, str], private_key: str) -> bool:
    """Whether the request's own `sum` is the right one; compared in constant time, case matters."""
    expected = control_sum(action, params, private_key)
    return hmac.compare_digest(params.get("sum", "").encode(), expected.encode())
