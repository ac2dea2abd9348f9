"""Orders of the last 120 days up to yesterday, told by how many days ago; a client has a usual basket and rhythm."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

SEED = 20261121
DAYS = 120
CENT = Decimal("0.01")
TASTES = {
    "Кав’ярня": "Молоко Кав Чай Сиропи Шоколад Стакани Цукор Тісто Масло",
    "Кафе": "Молоко Кав Чай Сири Птиця Томат Стакани Соуси Яйця",
    "Пекарня": "Борошно Масло Яйця Цукор Желатин Начинки Шоколад Кисломол Коробки",
    "Кондитерська": "Борошно Масло Яйця Цукор Желатин Начинки Шоколад Декор Ягоди",
    "Піцерія": "Борошно Сири Томат Шинка Салямі Гриби Олія Коробки Спеції",
    "Готель": "Масло Яйця Сири Соки Чай Кав Птиця Риба Паперова Мийні",
    "Суші-бар": "Риба Морепрод Ікра Крупи Соуси Контейнери Томат",
    "Паб": "Картопл Свинина Птиця Соуси Вода Шинка Паперова",
}
COMMON = "Птиця Свинина Яловичина Корене Томат Капуста Салати Олія Крупи Макарон Соуси Сири Риба Спеції Мийні Паперова"
COMMENTS = (
    "Подзвонити за 30 хвилин",
    "До 10:00, будь ласка",
    "Вхід із двору",
    "Без заміни",
    "Рахунок на пошту",
    "Двері зі служби",
)

Row = dict[str, Any]


class Shelf:
    """What can be ordered: active articles with their prices by the name of the price type."""

    def __init__(self, articles: list[dict[str, str]], prices: dict[str, dict[str, Decimal]]) -> None:
        self._articles = [one for one in articles if one["active"] == "1"]
        self._prices = prices

    def price(self, sku: str, price_type: str, days_ago: int) -> Decimal | None:
        """Prices grew by three percent in 120 days."""
        now = self._prices[sku].get(price_type)
        if now is None:
            return None
        return (now * (1 - Decimal(days_ago) * 3 / 12000)).quantize(CENT, ROUND_HALF_UP)

    def basket(self, rng: Random, kind: str, size: int) -> list[dict[str, str]]:
        """A client's usual articles by the taste of its kind of place."""
        words = TASTES.get(kind, COMMON).split()
        fitting = [one for one in self._articles if any(word in one["category_path"].split("/")[1] for word in words)]
        return rng.sample(fitting, min(size, len(fitting)))


def orders(clients: list[Row], known: dict[str, list[Row]], shelf: Shelf) -> list[Row]:
    """Oldest first; `known` is the history of `clients.json` by the client's external id, given as it is there."""
    rng = Random(SEED)
    told: list[Row] = []
    for client in clients:
        if client["marked"]:
            continue
        recent = known.get(client["external_id"])
        told += [_known(client, one, shelf) for one in recent or []]
        told += _drawn(rng, client, shelf, DAYS, 26 if recent is not None else 1)
    told.sort(key=lambda order: (-order["days_ago"], order["time"], order["client"]))
    return [{"number": number, **order} for number, order in enumerate(told, 1)]


def _known(client: Row, visit: Row, shelf: Shelf) -> Row:
    lines = [
        [sku, quantity, str(shelf.price(sku, client["price_type"], visit["days_ago"]))]
        for sku, quantity in visit["lines"].items()
    ]
    return _order(client, visit["days_ago"], "10:15", 0, "closed", "", lines)


def _drawn(rng: Random, client: Row, shelf: Shelf, since: int, until: int) -> list[Row]:
    place = client["points"][0]["name"].split(" «")[0]
    usual = shelf.basket(rng, place, rng.randint(8, 16))
    rhythm = rng.choice((10, 14, 14, 17, 21, 28))
    bulk = Decimal({"Роздрібна": 350, "Оптова": 700, "HoReCa VIP": 1300}[client["price_type"]])
    found = []
    day = since - rng.randint(0, rhythm)
    while day >= until:
        lines = _lines(rng, client["price_type"], usual, bulk, day, shelf)
        time = f"{rng.randint(8, 18):02}:{rng.randint(0, 59):02}"
        comment = rng.choice(COMMENTS) if rng.random() < 0.12 else ""
        found.append(_order(client, day, time, rng.randrange(len(client["points"])), _state(rng, day), comment, lines))
        day -= max(2, round(rng.gauss(rhythm, rhythm / 5)))
    return [order for order in found if order["lines"]]


def _lines(
    rng: Random, price_type: str, usual: list[dict[str, str]], bulk: Decimal, day: int, shelf: Shelf
) -> list[list[str]]:
    lines = []
    for article in rng.sample(usual, min(len(usual), rng.randint(3, 8))):
        price = shelf.price(article["sku"], price_type, day)
        if price is not None:
            lines.append([article["sku"], _quantity(rng, article, price, bulk), str(price)])
    return lines


def _quantity(rng: Random, article: dict[str, str], price: Decimal, bulk: Decimal) -> str:
    """For about `bulk` hryvnias: whole packs when one is not too dear, else steps of the smallest multiple."""
    wanted = bulk * Decimal(rng.randint(4, 18)) / 10
    step = Decimal(article["min_multiple"])
    if article["pack_size"] and Decimal(article["pack_size"]) * price <= wanted * 2:
        step = Decimal(article["pack_size"])
    quantity = f"{max(1, round(wanted / (price * step))) * step:f}"
    return quantity.rstrip("0").rstrip(".") if "." in quantity else quantity


def _state(rng: Random, day: int) -> str:
    if rng.random() < 0.03:
        return "cancelled"
    if day == 1:
        return rng.choice(("new", "accepted", "accepted", "shipped"))
    return "shipped" if day < 4 else "closed"


def _order(client: Row, days_ago: int, time: str, point: int, state: str, comment: str, lines: list[list[str]]) -> Row:
    return {"client": client["external_id"], "days_ago": days_ago, "time": time, "point": point, "state": state,
            "comment": comment, "lines": lines}  # fmt: skip
