"""References that stay the same between builds and between the files of the demo data."""

from uuid import NAMESPACE_DNS, uuid5

_SPACE = uuid5(NAMESPACE_DNS, "horeca-demo.example")


def guid(kind: str, key: str) -> str:
    """The reference of one object: `guid("item", "10661")` is the article's Ид in CommerceML."""
    return str(uuid5(_SPACE, f"{kind}:{key}"))
