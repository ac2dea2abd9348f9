"""SHA1 of the secret and the id of a callback, in the order that is set."""

import hashlib


def sign(secret: str, id: str, order: str) -> str:
    """Lower-case hex; `order` is secret_first or id_first."""
    joined = secret + id if order == "secret_first" else id + secret
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()
