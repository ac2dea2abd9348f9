"""How the versions of CommerceML differ in what a base writes."""

from dataclasses import dataclass

NS = "urn:1C.ru:commerceml_2"


@dataclass(frozen=True)
class Version:
    """`namespace` of the root; `deletion` and `stock` tell how a removed article and the stock are written."""

    name: str
    namespace: str
    deletion: str = "status"
    """`status`: attribute Статус of Товар; `mark`: element ПометкаУдаления."""
    stock: str = "total"
    """`total`: Количество alone; `attributes`: Склад ИдСклада=…; `rests`: Остатки/Остаток/Склад."""
    packs: bool = True
    """БазоваяЕдиница holds Пересчет."""
    date_only: bool = False
    """ДатаФормирования has no time."""
    container: bool = False
    """In the Bitrix dialect a document stands in Контейнер, and prices and rests come in files of their own."""


VERSIONS = {
    one.name: one
    for one in (
        Version("2.04", "", packs=False, date_only=True),
        Version("2.05", NS),
        Version("2.07", NS, stock="attributes"),
        Version("2.08", NS, "mark", "rests", container=True),
        Version("2.10", "urn:1C.ru:commerceml_210", "mark", "rests", container=True),
    )
}


def agreed(ours: str, site: str) -> str:
    """The lower of our version and the one the site has named, if it is one we can write."""
    return min(ours, site) if site in VERSIONS else ours
