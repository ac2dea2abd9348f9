"""`main.py mailings`: price lists and offers to everybody who orders, and what came of them."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.domain.campaign import LEAST_PACE, MOST_PACE, PACE, Purpose, Wanted
from bot.process import CannotStart
from handlers.terminal.campaigns import SHOWN, Opened, halted, previewed, reported, run, sent

MAILED = (Purpose.PRICE_LIST, Purpose.OFFER)


class What(StrEnum):
    """What is sent, as the terminal calls it."""

    PRICE_LIST = "price-list"
    OFFER = "offer"


PURPOSES = {What.PRICE_LIST: Purpose.PRICE_LIST, What.OFFER: Purpose.OFFER}
Chosen = Annotated[What, typer.Argument(help="price-list: прайс; offer: комерційна пропозиція")]
Codes = Annotated[
    list[str] | None, typer.Option("--client", help="лише цьому клієнту: код у 1С, ЄДРПОУ чи РНОКПП; можна кілька")
]
Again = Annotated[bool, typer.Option("--again", help="і тим, хто вже отримав сьогодні")]


def commands(opened: Opened) -> typer.Typer:
    """The commands, over what the composition root opens for them."""
    cli = typer.Typer(no_args_is_help=True, help="Надіслати прайс або комерційну пропозицію всім, хто замовляє.")

    @cli.command()
    def preview(
        what: Chosen,
        client: Codes = None,
        again: Again = False,
        every: Annotated[bool, typer.Option("--all", help="показати всіх, а не перших 50")] = False,
    ) -> None:
        """Хто отримає і яким шляхом; хто ні й чому."""
        run(previewed(opened, Wanted(PURPOSES[what], client or [], again), None if every else SHOWN))

    @cli.command()
    def send(
        what: Chosen,
        client: Codes = None,
        category: Annotated[str, typer.Option(help="розділ пропозиції; без нього кожному його звичний кошик")] = "",
        limit: Annotated[int | None, typer.Option(min=1, help="не більше стількох людей")] = None,
        again: Again = False,
        pace: Annotated[int, typer.Option(min=LEAST_PACE, max=MOST_PACE, help="скільки повідомлень на годину")] = PACE,
        yes: Annotated[bool, typer.Option("--yes", help="не перепитувати")] = False,
    ) -> None:
        """Почати розсилку; далі її веде продукт, що працює (main.py run)."""
        run(_send(opened, what, client or [], category, limit, again, pace, yes))

    @cli.command()
    def report() -> None:
        """Що вийшло з розсилок: надіслано, доставлено, прочитано, не вдалося."""
        run(reported(opened, MAILED))

    @cli.command()
    def halt() -> None:
        """Зупинити розсилку, яка триває."""
        run(halted(opened, MAILED))

    return cli


async def _send(
    opened: Opened,
    what: What,
    codes: list[str],
    category: str,
    limit: int | None,
    again: bool,
    pace: int,
    yes: bool,
) -> None:
    if category and what is not What.OFFER:
        raise CannotStart("Розділ вибирають для пропозиції: main.py mailings send offer --category НАЗВА")
    async with opened(False) as app:
        named = {name.casefold(): one for one, name in await app.price_sheets.categories("uk")} if category else {}
    if category and category.casefold() not in named:
        raise CannotStart(f"Розділу «{category}» немає. Є: {', '.join(sorted(named))}")
    wanted = Wanted(PURPOSES[what], codes, again, named.get(category.casefold()), limit, pace)
    await sent(opened, wanted, yes, "main.py mailings report", chats=False)
