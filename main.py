"""The composition root and the command line: the only place that knows every room.

Commands that need no messenger stay quick: what is heavy (aiogram, the sandboxes) is imported by the command that
needs it.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot import config
from bot.config import Settings
from bot.process import CannotStart, background, until_done, until_told

if TYPE_CHECKING:
    import httpx

    from bot.db.books import Books
    from bot.domain.delivery import DeliveryRules
    from bot.domain.pricelist import Progress, Records
    from handlers.app import App
    from integrations.atompark import AtomParkSms
    from integrations.telegram import TelegramSettings
    from integrations.viber import ViberSettings

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Komora: замовлення гуртівні в Telegram і Viber.",
)


HERE = Path(__file__).parent


def utc_now() -> datetime:
    return datetime.now(UTC)


# --- the application -------------------------------------------------------------------------------------------------


def build_app(
    settings: Settings, books: "Books", http: "httpx.AsyncClient | None", now: Callable[[], datetime] = utc_now
) -> "App":
    """The services over the books, with the outside systems that are set up."""
    from bot.domain.money import Money
    from bot.services.browsing import Browsing
    from bot.services.carts import Carts
    from bot.services.joining import Joining
    from bot.services.ordering import Ordering
    from bot.services.search import Search
    from handlers.app import App, Company

    rules, company = delivery_rules(settings), settings.company
    sms = sms_of(settings, http) if http is not None else None
    carts = Carts(books, rules, Money.of(settings.delivery.minimum_order), now)
    return App(
        joining=Joining(books, sms, company=company.name, now=now),
        browsing=Browsing(books, Search(books)),
        carts=carts,
        ordering=Ordering(books, carts, rules),
        company=Company(company.name, company.phone),
        media=settings.media_dir,
    )


def delivery_rules(settings: Settings) -> "DeliveryRules":
    from bot.domain.delivery import DeliveryRules

    given = settings.delivery
    return DeliveryRules(given.cutoff, given.weekdays, given.holidays, given.horizon_days)


@asynccontextmanager
async def product(settings: Settings) -> AsyncIterator[None]:
    """Everything live, from the database to the messengers, until the block ends.

    The books are held before they are migrated, and what an earlier process left is answered before the port opens.
    """
    import httpx
    from prometheus_client import CollectorRegistry

    from bot.conversation.pipeline import Pipeline
    from bot.db.ready import opened
    from bot.services.housekeeping import Housekeeping
    from bot.services.readiness import Readiness
    from bot.web import server
    from bot.web.app import create_app, turn_meter
    from handlers.errors import trouble
    from handlers.menu import calm, frame
    from handlers.routing import build_router

    chosen = telegram_settings(settings), viber_settings(settings)
    async with AsyncExitStack() as stack:
        books = await stack.enter_async_context(opened(settings.database_url, exclusive=True))
        http = await stack.enter_async_context(httpx.AsyncClient())
        app, registry = build_app(settings, books, http), CollectorRegistry()
        pipeline = Pipeline(
            books, build_router(), app, now=utc_now, frame=frame, trouble=trouble, calm=calm,
            default_language=settings.default_language, measured=turn_meter(registry),
        )  # fmt: skip
        readiness = Readiness(books)
        messenger, public = connect(chosen, pipeline, http)
        for one in filter(None, (messenger, public)):
            stack.push_async_callback(one.stop)
            readiness.watch(one.channel, partial(_stopped, one))
        await app.browsing.warm()
        if public:
            await public.start()
        web_app = create_app(
            [route for one in (messenger, public) if one for route in one.routes()],
            ready=readiness.missing, media=settings.media_dir, metrics=registry,
            metrics_token=settings.metrics_token.get_secret_value(), behind_proxy=bool(settings.public_url),
        )  # fmt: skip
        await server.listen(await server.prepared(stack, web_app), settings.host, settings.port)
        if messenger:
            await messenger.start()
        if public:
            background(stack, until_done("viber webhook", public.register))
        background(stack, Housekeeping(books, utc_now).run())
        yield


def _stopped(messenger: Any) -> str:
    return messenger.stopped or ""


def connect(
    settings: "tuple[TelegramSettings | None, ViberSettings | None]", desk: Any, http: "httpx.AsyncClient"
) -> Any:
    """Telegram and Viber as messengers of the desk; None for one that is not set up."""
    of_telegram, of_viber = settings
    messenger = public = None
    if of_telegram:
        from integrations import telegram

        messenger = telegram.connect(of_telegram, desk, now=utc_now)
    if of_viber:
        from integrations import viber

        public = viber.connect(of_viber, desk, http, now=utc_now)
    return messenger, public


def telegram_settings(settings: Settings) -> "TelegramSettings | None":
    """None where Telegram is not set up. Raises CannotStart."""
    if not settings.telegram.token.get_secret_value():
        return None
    from integrations.telegram import TelegramSettings

    with config.section("TELEGRAM"):
        return TelegramSettings(**settings.telegram.model_dump(), public_url=settings.public_url)


def viber_settings(settings: Settings) -> "ViberSettings | None":
    """None where Viber is not set up. Raises CannotStart."""
    if not settings.viber.token.get_secret_value():
        return None
    from integrations.viber import ViberSettings

    if not config.is_private(settings.public_url):
        raise CannotStart("PUBLIC_URL: Viber працює лише вебхуком, тому потрібна адреса https цього продукту.")
    given = settings.viber.model_dump() | {"public_url": settings.public_url}
    with config.section("VIBER"):
        return ViberSettings(**given | {"sender_name": settings.viber.sender_name or settings.company.name})


def sms_of(settings: Settings, http: "httpx.AsyncClient") -> "AtomParkSms | None":
    """None where AtomPark is not set up. Raises CannotStart."""
    keys = [settings.atompark.public_key.get_secret_value(), settings.atompark.private_key.get_secret_value()]
    if not any(keys):
        return None
    from integrations import atompark

    if not all(keys):
        raise CannotStart("ATOMPARK__PUBLIC_KEY, ATOMPARK__PRIVATE_KEY: потрібні обидва ключі або жодного.")
    with config.section("ATOMPARK"):
        given = atompark.AtomParkSettings(**settings.atompark.model_dump())
    return atompark.connect(given, http)


# --- commands --------------------------------------------------------------------------------------------------------


@cli.command()
def run(until_input_closes: Annotated[bool, typer.Option(hidden=True)] = False) -> None:
    """Увесь продукт в одному процесі, поки не натиснуто Ctrl-C."""
    settings = _settings(None if until_input_closes else ".env")  # a parent that drives us gives everything itself
    if not (settings.telegram.token.get_secret_value() or settings.viber.token.get_secret_value()):
        _stop("Немає ні TELEGRAM__TOKEN, ні VIBER__TOKEN. Скопіюйте .env.example у .env і заповніть, або: make demo")
    _go(_serve(settings, until_input_closes))


async def _serve(settings: Settings, until_input_closes: bool) -> None:
    async with product(settings):
        if settings.telegram.token.get_secret_value():
            from integrations.telegram import settle_memory

            settle_memory()
        print(f"Komora працює: {settings.public_url or f'http://{settings.host}:{settings.port}'}", flush=True)  # noqa: T201
        await until_told(until_input_closes)


@cli.command()
def migrate(
    down_to: Annotated[
        str | None, typer.Option(help="повернутися до старішої версії; дані нових таблиць зникнуть")
    ] = None,
) -> None:
    """Оновити схему бази до найновішої версії."""
    from bot.db import schema

    _go(schema.migrate(_settings().database_url, down_to))


@cli.command()
def check() -> None:
    """Перевірити налаштування й кожне з’єднання: рядок на систему і що робити."""
    _go(_check(_settings()))


async def _check(settings: Settings) -> None:
    import httpx

    from bot.services import checkup

    async with httpx.AsyncClient() as http:
        asks = {
            "База даних": checkup.database(settings.database_url),
            "Зображення": checkup.pictures(settings.media_dir),
            "Telegram": _telegram(settings, http),
            "Viber": _viber(settings, http),
            "AtomPark": _sms(settings, http),
        }
        results = [await _checked(name, ask) for name, ask in asks.items()]
    raise typer.Exit(0 if all(results) else 1)


async def _checked(name: str, ask: "Awaitable[str]") -> bool:
    from bot.logs import redacted

    try:
        found = await ask
    except Exception as error:
        print(f"НІ   {name}: {redacted(str(error))}")  # noqa: T201
        return False
    print(f"ТАК  {name}: {found}")  # noqa: T201
    return True


async def _telegram(settings: Settings, http: "httpx.AsyncClient") -> str:
    messenger, _ = connect((telegram_settings(settings), None), None, http)
    if messenger is None:
        return "вимкнено: немає TELEGRAM__TOKEN, клієнти Telegram не зможуть писати"
    try:
        return str(await messenger.check())
    finally:
        await messenger.stop()


async def _viber(settings: Settings, http: "httpx.AsyncClient") -> str:
    _, public = connect((None, viber_settings(settings)), None, http)
    return str(await public.check()) if public else "вимкнено: немає VIBER__TOKEN, клієнти Viber не зможуть писати"


async def _sms(settings: Settings, http: "httpx.AsyncClient") -> str:
    sms = sms_of(settings, http)
    return await sms.check() if sms else "вимкнено: немає ключів ATOMPARK, коди через SMS не надсилатимуться"


@cli.command()
def backup(target: Path) -> None:
    """Копія файла SQLite без зупинки продукту."""
    from bot.db.backup import backup as copy

    _go(copy(_settings().database_url, target))
    print(f"Збережено: {target}")  # noqa: T201


@cli.command("import")
def import_(
    files: list[Path],
    full: Annotated[bool | None, typer.Option("--full/--changes", help="що означає відсутність товару у файлі")] = None,
    columns: Annotated[list[str] | None, typer.Option("--map", help="колонка таблиці: price:Оптова=E")] = None,
    dry_run: Annotated[bool, typer.Option(help="лише показати, що зміниться")] = False,
    pictures: Annotated[Path | None, typer.Option(help="CSV із зображеннями розділів: category_path,file")] = None,
) -> None:
    """Прайс у каталог: CommerceML (файли або архів), XLSX, XLS, CSV."""
    _go(_import(_settings().database_url, files, full, columns or [], dry_run, pictures))


async def _import(
    database_url: str,
    files: list[Path],
    full: bool | None,
    columns: list[str],
    dry_run: bool,
    table: Path | None = None,
) -> None:
    from bot.db.ready import opened
    from bot.domain.pricelist import BrokenPriceList
    from bot.services import pictures
    from bot.services.pricelist import PriceListImport
    from handlers import pricelist_report

    _require_files([*files, *([table] if table else [])])
    try:
        hung = pictures.read(table) if table else {}
        async with opened(database_url) as books:
            with _progress() as tell:
                records = _price_list(files, columns)
                report = await PriceListImport(books).run(
                    records, now=utc_now(), full=full, dry_run=dry_run, on_progress=tell
                )
            unknown = [] if dry_run else await pictures.hang(books, hung)
    except BrokenPriceList as error:
        raise CannotStart("\n".join(pricelist_report.refusal(error))) from error
    except pictures.BrokenPictures as error:
        raise CannotStart(str(error)) from error
    print("\n".join([*pricelist_report.lines(report), *(f"Зображення: розділу {path} немає" for path in unknown)]))  # noqa: T201


def _price_list(files: list[Path], columns: list[str]) -> "Records":
    """The records of the files; of a table, after showing which column was taken for what."""
    from integrations import spreadsheet
    from integrations.onec import commerceml

    if all(commerceml.looks_like(file) for file in files):
        return commerceml.read(files)
    if any("=" not in column for column in columns):
        raise CannotStart("--map приймає ПОЛЕ=КОЛОНКА, наприклад --map price:Оптова=E")
    plan = spreadsheet.plan(files, dict(column.split("=", 1) for column in columns))
    for layout in plan.layouts:
        print(f"{layout.file} {layout.sheet}: заголовок у рядку {layout.header_line}", file=sys.stderr)  # noqa: T201
        for column in layout.columns:
            print(f"  {column.letter}  {column.header} → {column.field} {column.price_type}".rstrip(), file=sys.stderr)  # noqa: T201
    return plan.records()


@contextmanager
def _progress() -> "Iterator[Callable[[Progress], None]]":
    """A bar on standard error."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    stages = {"reading": "Читаю", "comparing": "Порівнюю", "writing": "Записую"}
    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(stages["reading"], total=None)
        yield lambda at: bar.update(task, description=stages[at.stage], completed=at.done, total=at.total)


@cli.command()
def clients(
    file: Path, with_history: Annotated[bool, typer.Option(help="записати й колишні замовлення з файла")] = False
) -> None:
    """Клієнти, їхні точки доставки й люди з файла JSON (доки їх не дає 1С)."""
    _go(_clients(_settings(), file, with_history))


async def _clients(settings: Settings, file: Path, with_history: bool) -> None:
    from bot.db.ready import opened
    from bot.domain.errors import BusinessError, NotFound
    from bot.services.directory import Directory
    from bot.services.past_orders import PastOrders
    from integrations import clients_file

    _require_files([file])
    try:
        records, orders = clients_file.read(file)
    except clients_file.BrokenClients as error:
        raise CannotStart(str(error)) from error
    async with opened(settings.database_url) as books:
        try:
            await Directory(books).take_in(records)
        except NotFound as error:
            raise CannotStart(f"Немає типу цін {error}: спершу завантажте прайс.") from error
        past = PastOrders(books, delivery_rules(settings), utc_now)
        for order in orders if with_history else ():
            try:
                await past.take_in(order)
            except BusinessError as error:
                raise CannotStart(f"Замовлення клієнта {order.client}: {error} немає, далі не записано.") from error


@cli.command()
def invite(phone: str) -> None:
    """Одноразове особисте посилання для людини клієнта, за її телефоном."""
    _go(_invite(_settings(), phone))


async def _invite(settings: Settings, phone: str) -> None:
    import httpx

    from bot.db.ready import opened
    from bot.domain.errors import OutsideError
    from bot.services.directory import Directory

    chosen = telegram_settings(settings), viber_settings(settings)
    async with opened(settings.database_url) as books, httpx.AsyncClient() as http:
        try:
            person = await Directory(books).person_with_phone(phone)
        except ValueError:
            raise CannotStart("Це не номер телефону. Приклад: main.py invite 0671234567") from None
        if person is None:
            raise CannotStart("Людини з таким телефоном серед клієнтів немає.")
        token = await build_app(settings, books, None).joining.invite(person)
        for messenger in filter(None, connect(chosen, None, http)):
            try:
                await messenger.check()
                print(messenger.start_link(token))  # noqa: T201
            except OutsideError as error:
                print(f"{messenger.channel}: посилання немає, месенджер не відповів як слід ({error})")  # noqa: T201
            finally:
                await messenger.stop()


@cli.command()
def sandbox(name: str, port: Annotated[int, typer.Option(min=0, max=65535)] = 0) -> None:
    """Одна сусідня система окремо: telegram, viber, atompark."""
    _go(_sandbox(name, port, _settings()))


async def _sandbox(name: str, port: int, settings: Settings) -> None:
    from sandbox.listening import PortTaken, listening
    from sandbox.registry import sandboxes

    known = sandboxes(config.keys(settings))
    if name not in known:
        raise CannotStart(f"Немає пісочниці {name}; є: {', '.join(known)}")
    try:
        async with listening(known[name].make(), port) as bound:
            print(f"ready http://127.0.0.1:{bound}{known[name].path}", flush=True)  # noqa: T201
            await until_told()
    except PortTaken as error:
        raise CannotStart(f"Порт {port} зайнятий ({error}). Оберіть інший: --port 8090") from error


@cli.command()
def demo(port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535)] = 8080) -> None:
    """Демонстраційна гуртівня з усіма сусідніми системами на одній сторінці."""
    _go(_demo(port))


async def _demo(port: int) -> None:
    from sandbox.demo.keeper import ProductFailed
    from sandbox.demo.play import play
    from sandbox.listening import PortTaken

    try:
        await play([sys.executable, str(HERE / "main.py")], port, HERE / "var" / "demo")
    except PortTaken as error:
        raise CannotStart(f"Порт {port} зайнятий ({error}). Оберіть інший: PORT=8090 make demo") from error
    except ProductFailed as error:
        raise CannotStart(f"Komora не запустилася: {error}") from error


# --- running things --------------------------------------------------------------------------------------------------


def _go(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except CannotStart as error:
        _stop(str(error))


def _settings(env_file: str | None = ".env") -> Settings:
    from bot import logs

    try:
        settings = config.load(env_file)
    except CannotStart as error:
        _stop(str(error))
    logs.configure(settings.log_level)
    return settings


def _require_files(files: list[Path]) -> None:
    missing = [str(file) for file in files if not file.exists()]
    if missing:
        raise CannotStart(f"Немає файла: {', '.join(missing)}")


def _stop(words: str) -> NoReturn:
    print(words, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1)


if __name__ == "__main__":
    cli()
