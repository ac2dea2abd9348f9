"""The words of CommerceML that an order is told in, for writing and for reading."""

from bot.domain.order import State

OPERATION = "Заказ товара"
OURS = "Комора: "
"""Begins the lines of a comment that Komora wrote under the client's own note."""

NUMBER_THERE = "номер по 1с"
DATE_THERE = "дата по 1с"
SHIPPED_THERE = "дата отгрузки по 1с"
MARKED = "пометкаудаления"
POSTED = "проведен"
CANCELLED = "отменен"
FINAL = "финальный статус"
STATE = "статус заказа"
DELIVERY_DATE = "дата доставки"
DELIVERY_ADDRESS = "адрес доставки"

UNIT_CODES = {
    "шт": ("796", "Штука", "PCE"),
    "кг": ("166", "Килограмм", "KGM"),
    "г": ("163", "Грамм", "GRM"),
    "л": ("112", "Литр", "LTR"),
    "мл": ("111", "Миллилитр", "MLT"),
    "м": ("006", "Метр", "MTR"),
    "уп": ("778", "Упаковка", "NMP"),
    "пара": ("715", "Пара (2 шт.)", "NPR"),
}
"""Codes of the classifier of units of measure, with the names that 1C gives them."""

_STATES = {
    State.CANCELLED: ("отмен", "отмін", "відмін", "скасован", "аннулир", "анульов"),
    State.CLOSED: ("закрыт", "закрит", "выполнен", "виконан", "заверш", "доставлен"),
    State.SHIPPED: ("отгруж", "відвантаж", "доставля", "передан в доставк", "передано в доставк", "в пути", "у дороз"),
    State.PLACED: ("новый", "новий", "нов", "не согласован", "не узгоджен", "на согласован", "на узгоджен"),
    State.ACCEPTED: (
        "принят", "прийнят", "открыт", "відкрит", "согласован", "узгоджен", "к обеспечению", "до забезпечення",
        "к выполнению", "до виконання", "к отгрузке", "до відвантаження", "в работе", "в роботі", "подтвержд",
        "підтвердж", "в обработ", "в оброб", "оплачен",
    ),
}  # fmt: skip


def state(text: str) -> State | None:
    """The state that a status says: '[N] Принят' is accepted; None for a status of somebody's own."""
    said = text.rpartition("]")[2].strip().lower()
    for known, beginnings in _STATES.items():
        if said.startswith(beginnings):
            return known
    return None
