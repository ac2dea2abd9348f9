"""What the terminal says of the ladder: its levels, tomorrow's reminders, and a replay over the past."""

from datetime import date

from bot.domain.ladder import Ladder, Rest, Tone
from bot.domain.money import Money
from bot.i18n import translator
from bot.services.forecast import Forecast, Foreseen, Replayed
from handlers.app import App

RESTS = {
    Rest.NOTHING: "жоден рівень ще не настав",
    Rest.TOLD: "на цьому рівні вже нагадали",
    Rest.LATELY: "щойно нагадали або нагадування в дорозі",
    Rest.PROMISED: "пообіцяли оплату",
    Rest.SAID_PAID: "кажуть, що сплатили",
    Rest.DISPUTED: "усі документи спірні",
    Rest.STOPPED: "у стоп-листі",
    Rest.UNDER_WAY: "оплата триває",
}
TONES = {Tone.KIND: "м’яко", Tone.PLAIN: "рівно", Tone.FIRM: "твердо"}
_UK = translator("uk")


def check(ladder: Ladder) -> None:
    """Its levels, one a line."""
    for level in ladder.levels:
        off = "" if level.on else ", вимкнено"
        print(f"{_day(level.day)}  {level.name:<12} {TONES[level.tone]}, до {_sum(level.worth)}{off}")  # noqa: T201
        print(f"      {level.texts['uk']}")  # noqa: T201


async def preview(app: App) -> None:
    """Who gets what on the next working day, and why the others do not."""
    print("\n".join(forecast_lines(await app.forecasts.tomorrow())))  # noqa: T201


def forecast_lines(forecast: Forecast) -> list[str]:
    lines = [f"{_UK.day(forecast.day)}: нагадувань {len(forecast.reminded)}, боржників {len(forecast.clients)}"]
    if forecast.as_of is not None:
        lines.append("Увага: борги з 1С застарілі, з такими даними жодне нагадування не піде.")
    return [*lines, *map(_foreseen, forecast.clients)]


async def dry_run(app: App, ladder: Ladder | None, since: date) -> None:
    """What the ladder would have sent since then."""
    chosen = ladder or await app.ladders.current()
    found = await app.forecasts.replay(chosen, since)
    print("\n".join(replay_lines(chosen, found, since)))  # noqa: T201


def replay_lines(ladder: Ladder, found: Replayed, since: date) -> list[str]:
    tally = found.tally
    lines = [
        f"Від {since:%d.%m.%Y}, робочих днів: {found.days}",
        f"Пораховано: боргів, відкритих зараз, {found.open_debts} (сума сьогоднішня, від дня документа); сплачених за "
        f"цей час карткою через продукт {found.paid_debts} (до дня оплати).",
        "Не пораховано: борги, сплачені інакше (1С називає лише те, що винні зараз), обіцянки, спори й стоп-лист.",
    ]
    if found.undated:
        lines.append(f"Без строку оплати, тому без нагадувань: {found.undated}.")
    lines += ["", f"Нагадувань: {tally.messages}, клієнтів: {tally.clients}"]
    for level in ladder.live:
        count, clients = tally.by_level[level.name], tally.clients_by_level[level.name]
        lines.append(f"{_day(level.day)}  {level.name:<12} {count:>6}  клієнтам: {clients}")
    if tally.most:
        lines.append(f"Найбільше за день: {tally.most[1]}, {tally.most[0]:%d.%m.%Y}")
    return lines


def _foreseen(one: Foreseen) -> str:
    sums = f"борг {_sum(one.owed)}, прострочено {_sum(one.overdue)}"
    if isinstance(one.plan, Rest):
        return f"   -  {one.client}: {RESTS[one.plan]} ({sums})"
    who = "" if one.reached else ", НЕМАЄ КОМУ ПИСАТИ"
    documents = ", ".join(_UK.document(debt.kind, debt.number, debt.dated) for debt in one.plan.debts[:3])
    more = f" та ще {len(one.plan.debts) - 3}" if len(one.plan.debts) > 3 else ""
    return f"{_day(one.plan.level.day)}  {one.client}: {documents}{more} ({sums}){who}"


def _day(day: int) -> str:
    return f"{day:+4d}" if day else "   0"


def _sum(sum_: Money) -> str:
    return _UK.money(sum_).replace("\u00a0", " ")
