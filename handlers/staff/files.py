"""A document sent into a group of the staff: a template of the lawyers, or a statement of a bank."""

from pathlib import PurePath

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS
from handlers.app import AppRouter, Ctx
from handlers.staff import bank, templates

router: AppRouter = AppRouter()
WORD = frozenset({".docx", ".doc", ".docm", ".dotx", ".dotm", ".odt", ".rtf"})


@router.file((FINANCE, MANAGERS, LAWYERS))
async def take_file(event: Event, ctx: Ctx) -> Screen:
    """In the managers' group, which may stand for both, the name of the file tells."""
    assert event.file is not None
    word = PurePath(event.file.name).suffix.lower() in WORD
    if ctx.who.desk == LAWYERS or (ctx.who.desk == MANAGERS and word):
        return await templates.take_file(event, ctx)
    return await bank.take_file(event, ctx)
