"""The sum that signs a call: MD5 by AtomPark's design, so its strength is that of TLS."""

import hashlib
from collections.abc import Mapping

VERSION = "3.0"


def signature(action: str, params: Mapping[str, str], private_key: str) -> str:
    """Lower-case hex; `action` is spelled as in the address, `params` hold everything sent but the sum itself.

    Values alone, in the byte order of their names, with the action and the version among them though neither is sent.
    """
    signed = {**params, "action": action, "version": VERSION}
    values = "".join(signed[name] for name in sorted(signed))
    return hashlib.md5((values + private_key).encode(), usedforsecurity=False).hexdigest()
