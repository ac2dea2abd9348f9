"""What the terminal says of background work and of what was taken in from 1C."""

from collections.abc import Sequence

from bot.domain.accounting import Subject
from bot.domain.job import JobState, JobView
from bot.domain.pull import PullReport
from bot.i18n import KYIV
from bot.services.reconciliation import ReconciliationReport

SUBJECTS = {
    Subject.CATALOGUE: "Каталог, ціни й залишки",
    Subject.PRICES: "Ціни",
    Subject.STOCK: "Залишки",
    Subject.CLIENTS: "Клієнти й люди",
    Subject.RECEIVABLES: "Борги",
    Subject.ORDERS: "Замовлення",
}
STATES = {
    JobState.WAITING: "чекає",
    JobState.RUNNING: "виконується",
    JobState.RETRYING: "повторюється",
    JobState.DEAD: "не вдалося",
    JobState.DROPPED: "відкинуто",
}
PROBLEMS = {
    "price_type_unknown": "немає такого типу цін: ціни цим клієнтам не видно, спершу заберіть каталог",
    "phone_wrong": "телефон записано неправильно: ця людина не зможе увійти, виправте його в 1С",
    "tax_code_wrong": "код ЄДРПОУ чи РНОКПП порожній або неправильний",
    "client_unknown": "документ контрагента, якого тут немає: спершу заберіть клієнтів",
    "clients_gone": "бракує забагато клієнтів, тож нікого не вимкнено: перевірте права користувача в 1С",
    "article_unknown": "у документі товар, якого тут немає: спершу заберіть каталог",
}
SHOWN = 5


def pulled(report: PullReport) -> list[str]:
    """What a pull did, and what it left out and why."""
    gone = f", зникло {report.gone}" if report.gone else ""
    said = [f"{SUBJECTS[report.subject]}: переглянуто {report.seen}, змінено {report.changed}{gone}"]
    by_code: dict[str, list[str]] = {}
    for code, about in report.problems or ():
        by_code.setdefault(code, []).append(about)
    for code, concerned in sorted(by_code.items()):
        shown = ", ".join(one for one in concerned[:SHOWN] if one)
        more = f" та ще {len(concerned) - SHOWN}" if len(concerned) > SHOWN else ""
        said.append(f"  {PROBLEMS.get(code, code)}: {len(concerned)} ({shown}{more})")
    return said


def reconciled(report: ReconciliationReport) -> str:
    if not report.differing:
        return f"Звірено замовлень: {report.compared}. Розбіжностей немає."
    return f"Звірено замовлень: {report.compared}. Розбіжностей: {report.differing}, з них нових: {report.new}."


def jobs(found: Sequence[JobView]) -> list[str]:
    """A line each."""
    return [_job(one) for one in found] or ["Завдань немає."]


def job(view: JobView) -> list[str]:
    """One whole."""
    moments = {"Додано": view.added_at, "Наступна спроба": view.next_at, "Перша невдача": view.first_failed_at}
    return [
        _job(view),
        f"  Ключ: {view.key}",
        *([f"  По черзі з: {view.lock}"] if view.lock else []),
        f"  Дані: {', '.join(f'{name}={value}' for name, value in view.args.items())}",
        *(f"  {name}: {moment.astimezone(KYIV):%d.%m.%Y %H:%M:%S}" for name, moment in moments.items() if moment),
        *([f"  Причина: {view.error}"] if view.error else []),
    ]


def _job(view: JobView) -> str:
    added = f"{view.added_at.astimezone(KYIV):%d.%m %H:%M}"
    error = f"  {view.error[:100]}" if view.error else ""
    return f"{view.id:>8}  {added}  {STATES[view.state]:<12}  {view.name:<14} спроб {view.attempts}{error}"
