"""Papers as the handlers would word them, as long and as odd as a test wants."""

from datetime import date

from bot.domain.money import Money
from bot.domain.paper import Column, Group, Paper

LONG = "Сир «Комо» м’який ґатунок № 7, п’ятнадцять відсотків жиру, дуже довга назва, яка не вміститься в один рядок"
ENDLESS = "Надзвичайнодовгесловобезжодногопробілу" * 2
COLUMNS = (Column("Артикул", 19), Column("Назва", 74), Column("Од.", 13), Column("Упаковка", 27), Column("Ціна", 29))


def row(sku: str, name: str, price: str = "1234.50") -> tuple[str, str, str, str, Money]:
    return (sku, name, "шт", "ящ = 12 шт", Money.of(price))


def paper(*groups: Group, notes: tuple[str, ...] = (), language: str = "uk", title: str = "Прайс") -> Paper:
    facts = (("Клієнт", "ФОП О’Коннор & Ко"), ("Ціни дійсні на", date(2026, 11, 23)), ("Телефон", "+380441234567"))
    return Paper(language, "ГастроОпт", title, facts, COLUMNS, "Розділ", groups, notes)


def many(count: int, name: str = "Молоко") -> Group:
    return Group("Молочні продукти › Молоко", tuple(row(f"{number:05d}", name) for number in range(count)))
