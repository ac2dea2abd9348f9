"""`main.py invite`: a link for one person, or a sheet of QR codes for all who have not joined."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.domain.directory import NotJoined
from bot.domain.errors import NotFound, OutsideError
from bot.domain.paper import InviteCard
from bot.i18n import KYIV
from bot.ports import DrawInvitations, StartLinks
from bot.process import CannotStart
from bot.services.directory import Directory
from bot.services.joining import Invited, Joining

MOST = 3000
"""Cards of one sheet: five hundred pages."""
NAMES = {"telegram": "Telegram", "viber": "Viber"}
HOW = "Наведіть камеру телефона на код, відкрийте чат і натисніть «Почати»: далі замовляйте без реєстрації."


async def show_link(messenger: StartLinks, token: str) -> None:
    """The personal link in this messenger, or why there is none."""
    try:
        await messenger.check()
        typer.echo(messenger.start_link(token))
    except OutsideError as error:
        typer.echo(f"{messenger.channel}: посилання немає, месенджер не відповів як слід ({error})")


async def print_sheet(
    directory: Directory,
    joining: Joining,
    messengers: Sequence[StartLinks],
    company: str,
    codes: Sequence[str],
    target: Path,
    draw: DrawInvitations,
) -> None:
    """Cards for everybody of an active client (of these codes, where some are named) who has no account yet.

    Nobody is invited before it is sure that a sheet can come of it. Raises CannotStart.
    """
    people = await _people(directory, codes)
    ready = [messenger for messenger in messengers if await _answers(messenger)]
    if not ready:
        raise CannotStart("Жоден месенджер не дав посилань. Перевірте TELEGRAM__TOKEN і VIBER__TOKEN: main.py check")
    with _new_file(target):
        invited = await joining.invite_all([person.id for person in people])
        cards = [_card(company, person, each, ready) for person, each in zip(people, invited, strict=True)]
        await asyncio.to_thread(draw, cards, target)
    typer.echo(f"Запрошень: {len(cards)}, діють до {invited[0].until.astimezone(KYIV):%d.%m.%Y}. Файл: {target}")
    typer.echo("У файлі особисті посилання: надрукуйте, роздайте й видаліть його.")


async def _people(directory: Directory, codes: Sequence[str]) -> Sequence[NotJoined]:
    try:
        people = await directory.not_joined(codes, limit=MOST + 1)
    except NotFound as error:
        raise CannotStart(
            f"Клієнта з кодом {error} немає серед активних. Потрібен код із 1С, ЄДРПОУ або РНОКПП."
        ) from None
    if not people:
        raise CannotStart("Запрошувати нікого: кожна людина цих клієнтів уже ввійшла.")
    if len(people) > MOST:
        raise CannotStart(f"Людей понад {MOST}, це завеликий аркуш. Виберіть клієнтів: --client КОД")
    return people


async def _answers(messenger: StartLinks) -> bool:
    try:
        await messenger.check()
    except OutsideError as error:
        typer.echo(f"{messenger.channel}: без його кодів, месенджер не відповів як слід ({error})")
        return False
    return True


@contextmanager
def _new_file(target: Path) -> Iterator[None]:
    """The file, empty and for us alone; gone again if what fills it fails.

    Raises CannotStart where there is one already or none can be.
    """
    try:
        target.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise CannotStart(f"Файл {target} уже є. Приберіть його або назвіть інший.") from None
    except OSError as error:
        raise CannotStart(f"Файл {target} не створити: {error.strerror}.") from None
    filled = False
    try:
        yield
        filled = True
    finally:
        if not filled:
            target.unlink(missing_ok=True)


def _card(company: str, person: NotJoined, invited: Invited, messengers: Sequence[StartLinks]) -> InviteCard:
    links = tuple((NAMES.get(each.channel, each.channel), each.start_link(invited.token)) for each in messengers)
    until = f"Посилання особисте й одноразове, діє до {invited.until.astimezone(KYIV):%d.%m.%Y}."
    return InviteCard(company, ", ".join(person.clients), person.name, links, (HOW, until))
