"""The owner's figures in a staff group: of a busy time, of one with nothing, and as a table."""

from datetime import timedelta

from handlers.preview.stage import Stage
from keyboards.staff_actions import ShowFigures, TakeFigures

THREE_MONTHS = 4


async def looks_at_figures(stage: Stage) -> None:
    owner = stage.manager("owner", stage.backstage.office.finance_group)
    await stage.backstage.office.opens()
    await owner.writes("/stats", "Показники цього тижня", note="Минулого тижня — щоразу першого робочого ранку")
    await owner.presses(ShowFigures, "Показники за три місяці", at=THREE_MONTHS)
    await owner.presses(TakeFigures, "Показники за днями")
    stage.backstage.wait(timedelta(days=60))
    await stage.backstage.office.opens()
    await owner.writes("/stats", "Показники без подій")
