"""The composition root and the command line: the only place that knows every room.

Commands that need no messenger stay quick: what is heavy (aiogram, the sandboxes) is imported by the command that
needs it.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.config import Settings

if TYPE_CHECKING:
    import httpx

    from bot.db.books import Books
    from bot.db.tx import Tx
    from bot.domain.delivery import DeliveryRules
    from bot.domain.directory import PastOrder
    from bot.domain.pricelist import Progress, Records
    from handlers.app import App

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Komora: замовлення гуртівні в Telegram і Viber.",
)


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
    from integrations import atompark

    rules, company = delivery_rules(settings), settings.company
    sms = None
    if http is not None and settings.atompark.public_key.get_secret_value():
        sms = atompark.connect(atompark.AtomParkSettings(**settings.atompark.model_dump()), http)
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
    """Everything live, from the database to the messengers, until the block ends."""
    import httpx
    from aiohttp import web
    from prometheus_client import CollectorRegistry

    from bot.conversation.pipeline import Pipeline
    from bot.db.opening import open_books
    from bot.db.schema import migrate
    from bot.services.housekeeping import Housekeeping
    from bot.services.readiness import Readiness
    from bot.web.app import create_app, turn_meter
    from handlers.errors import trouble
    from handlers.menu import calm, frame
    from handlers.routing import build_router

    await migrate(settings.database_url)
    async with AsyncExitStack() as stack:
        books = open_books(settings.database_url, exclusive=True)
        stack.push_async_callback(books.close)
        http = await stack.enter_async_context(httpx.AsyncClient())
        app, registry = build_app(settings, books, http), CollectorRegistry()
        pipeline = Pipeline(
            books, build_router(), app, now=utc_now, frame=frame, trouble=trouble, calm=calm,
            default_language=settings.default_language, measured=turn_meter(registry),
        )  # fmt: skip
        readiness, routes, starting = Readiness(books), [], []
        if settings.telegram.token.get_secret_value():
            from integrations import telegram

            messenger = telegram.connect(telegram_settings(settings), pipeline, now=utc_now)
            stack.push_async_callback(messenger.stop)
            readiness.watch("telegram", lambda: messenger.stopped or "")
            routes += messenger.routes()
            starting.append(messenger.start)
        if settings.viber.token.get_secret_value():
            from integrations import viber

            public = viber.connect(viber_settings(settings), pipeline, http, now=utc_now)
            stack.push_async_callback(public.stop)
            routes += public.routes()
            starting.append(public.start)
            _background(stack, _until_registered(public.register))
        web_app = create_app(
            routes, ready=readiness.missing, media=settings.media_dir, metrics=registry,
            metrics_token=settings.metrics_token.get_secret_value(),
        )  # fmt: skip
        runner = web.AppRunner(web_app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, settings.host, settings.port).start()
        await app.browsing.warm()
        for start in starting:
            await start()
        _background(stack, Housekeeping(books, utc_now).run())
        yield


def _background(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    """Run beside everything else, and be cancelled with it."""
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(end)


async def _until_registered(register: Callable[[], Awaitable[None]]) -> None:
    """Viber calls back at once, so it is told where we are only when we listen; while it is away, again and again."""
    from bot.domain.errors import OutsideError
    from bot.logs import log

    pause = 1.0
    while True:
        try:
            return await register()
        except OutsideError as error:
            log("main").error("viber webhook not registered", error=str(error), again_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, 300)


def telegram_settings(settings: Settings) -> Any:
    from integrations.telegram import TelegramSettings

    return TelegramSettings(**settings.telegram.model_dump(), public_url=settings.public_url)


def viber_settings(settings: Settings) -> Any:
    from integrations.viber import ViberSettings

    given = settings.viber.model_dump() | {"public_url": settings.public_url}
    return ViberSettings(**given | {"sender_name": settings.viber.sender_name or settings.company.name})


# --- commands --------------------------------------------------------------------------------------------------------


@cli.command()
def run(until_input_closes: Annotated[bool, typer.Option(hidden=True)] = False) -> None:
    """Увесь продукт в одному процесі, поки не натиснуто Ctrl-C."""
    settings = _settings()
    if not (settings.telegram.token.get_secret_value() or settings.viber.token.get_secret_value()):
        _stop("Немає ні TELEGRAM__TOKEN, ні VIBER__TOKEN. Скопіюйте .env.example у .env і заповніть, або: make demo")
    _go(_serve(settings, until_input_closes))


async def _serve(settings: Settings, until_input_closes: bool) -> None:
    from bot.db.sqlite import AlreadyRunning

    try:
        async with product(settings):
            _settle_memory()
            here = settings.public_url or f"http://{settings.host}:{settings.port}"
            print(f"Komora працює: {here}", flush=True)  # noqa: T201
            await _until_told(until_input_closes)
    except AlreadyRunning as error:
        _stop(f"База {error} уже відкрита іншим процесом Komora. Зупиніть його або перейдіть на PostgreSQL.")


@cli.command()
def migrate(revision: str = "head") -> None:
    """Привести схему бази до потрібної версії."""
    from bot.db import schema

    _go(schema.migrate(_settings().database_url, revision))


@cli.command()
def check() -> None:
    """Перевірити налаштування й кожне з’єднання: рядок на систему і що робити."""
    _go(_check(_settings()))


async def _check(settings: Settings) -> None:
    import httpx

    from bot.db import schema

    async def database() -> str:
        at = await schema.standing(settings.database_url)
        if at != schema.newest():
            raise RuntimeError(f"схема {at or 'порожня'}, потрібна {schema.newest()}: виконайте main.py migrate")
        return f"схема {at}"

    async def pictures() -> str:
        if not settings.media_dir.is_dir():
            raise RuntimeError(f"немає теки {settings.media_dir}: картки будуть без фото, задайте MEDIA_DIR")
        return str(settings.media_dir)

    async with httpx.AsyncClient() as http:
        checks = {"База даних": database, "Зображення": pictures} | _connections(settings, http)
        results = [await _checked(name, ask) for name, ask in checks.items()]
    raise typer.Exit(0 if all(results) else 1)


def _connections(settings: Settings, http: "httpx.AsyncClient") -> "dict[str, Callable[[], Awaitable[str]]]":
    """What to ask of each outside system; one that is not set up says what is then missing."""
    from integrations import atompark, telegram, viber

    def off(words: str) -> "Callable[[], Awaitable[str]]":
        async def say() -> str:
            return words

        return say

    desk: Any = None  # a check answers nobody
    asks = {
        "Telegram": off("вимкнено: немає TELEGRAM__TOKEN, клієнти Telegram не зможуть писати"),
        "Viber": off("вимкнено: немає VIBER__TOKEN, клієнти Viber не зможуть писати"),
        "AtomPark": off("вимкнено: немає ключів ATOMPARK, коди через SMS не надсилатимуться"),
    }
    if settings.telegram.token.get_secret_value():
        asks["Telegram"] = telegram.connect(telegram_settings(settings), desk, now=utc_now).check
    if settings.viber.token.get_secret_value():
        asks["Viber"] = viber.connect(viber_settings(settings), desk, http, now=utc_now).check
    if settings.atompark.public_key.get_secret_value():
        asks["AtomPark"] = atompark.connect(atompark.AtomParkSettings(**settings.atompark.model_dump()), http).check
    return asks


async def _checked(name: str, ask: "Callable[[], Awaitable[str]]") -> bool:
    try:
        found = await ask()
    except Exception as error:
        print(f"НІ   {name}: {error}")  # noqa: T201
        return False
    print(f"ТАК  {name}: {found}")  # noqa: T201
    return True


@cli.command()
def backup(target: Path) -> None:
    """Копія файла SQLite без зупинки продукту."""
    _go(_backup(_settings().database_url, target))


async def _backup(database_url: str, target: Path) -> None:
    import aiosqlite
    from sqlalchemy.engine import make_url

    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        _stop("Копія робиться для SQLite; для PostgreSQL користуйтеся pg_dump.")
    if target.exists():  # noqa: ASYNC240 once, before anything else runs
        _stop(f"{target} уже існує: оберіть інше ім’я.")
    async with aiosqlite.connect(str(url.database)) as source, aiosqlite.connect(target) as copy:
        await source.backup(copy)
    print(f"Збережено: {target}")  # noqa: T201


@cli.command("import")
def import_(
    files: list[Path],
    full: Annotated[bool | None, typer.Option("--full/--changes", help="що означає відсутність товару у файлі")] = None,
    columns: Annotated[list[str] | None, typer.Option("--map", help="колонка таблиці: price:Оптова=E")] = None,
    dry_run: Annotated[bool, typer.Option(help="лише показати, що зміниться")] = False,
) -> None:
    """Прайс у каталог: CommerceML (файли або архів), XLSX, XLS, CSV."""
    _go(_import(_settings().database_url, files, full, columns or [], dry_run))


async def _import(database_url: str, files: list[Path], full: bool | None, columns: list[str], dry_run: bool) -> None:
    from bot.db.opening import open_books
    from bot.db.schema import migrate
    from bot.domain.pricelist import BrokenPriceList
    from bot.services.pricelist import PriceListImport
    from handlers import pricelist_report

    missing = [str(file) for file in files if not file.exists()]
    if missing:
        _stop(f"Немає файла: {', '.join(missing)}")
    await migrate(database_url)
    books = open_books(database_url)
    try:
        with _progress() as tell:
            records = _price_list(files, columns)
            report = await PriceListImport(books).run(
                records, now=utc_now(), full=full, dry_run=dry_run, on_progress=tell
            )
    except BrokenPriceList as error:
        _stop("\n".join(pricelist_report.refusal(error)))
    finally:
        await books.close()
    print("\n".join(pricelist_report.lines(report)))  # noqa: T201


def _price_list(files: list[Path], columns: list[str]) -> "Records":
    """The records of the files; of a table, after showing which column was taken for what."""
    from integrations import spreadsheet
    from integrations.onec import commerceml

    if all(commerceml.looks_like(file) for file in files):
        return commerceml.read(files)
    if any("=" not in column for column in columns):
        _stop("--map приймає ПОЛЕ=КОЛОНКА, наприклад --map price:Оптова=E")
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
def clients(file: Path) -> None:
    """Клієнти, їхні точки доставки й люди з файла JSON (доки їх не дає 1С)."""
    _go(_clients(_settings().database_url, file))


async def _clients(database_url: str, file: Path) -> None:
    from bot.db.opening import open_books
    from bot.domain.errors import NotFound
    from integrations.clients_file import BrokenClients

    books = open_books(database_url)
    try:
        await _take_clients_in(books, file)
    except BrokenClients as error:
        _stop(str(error))
    except NotFound as error:
        _stop(f"Немає типу цін {error}: спершу завантажте прайс.")
    finally:
        await books.close()


async def _take_clients_in(books: "Books", file: Path) -> "list[PastOrder]":
    """The clients of the file; returns the orders of the past it holds."""
    from bot.services.directory import Directory
    from integrations import clients_file

    records, orders = clients_file.read(file)
    await Directory(books).take_in(records)
    return orders


@cli.command()
def invite(phone: str) -> None:
    """Одноразове особисте посилання для людини клієнта, за її телефоном."""
    _go(_invite(_settings(), phone))


async def _invite(settings: Settings, phone: str) -> None:
    from bot.db.opening import open_books
    from bot.services.directory import Directory

    books = open_books(settings.database_url)
    try:
        person = await Directory(books).person_with_phone(phone)
        if person is None:
            _stop("Людини з таким телефоном серед клієнтів немає.")
        token = await build_app(settings, books, None).joining.invite(person)
    except ValueError:
        _stop("Це не номер телефону. Приклад: main.py invite 0671234567")
    finally:
        await books.close()
    for link in await _start_links(settings, token):
        print(link)  # noqa: T201


async def _start_links(settings: Settings, token: str) -> list[str]:
    """The personal link in each messenger that is set up and answers."""
    import httpx

    from integrations import telegram, viber

    desk: Any = None  # links answer nobody
    links = []
    async with httpx.AsyncClient() as http:
        if settings.telegram.token.get_secret_value():
            messenger = telegram.connect(telegram_settings(settings), desk, now=utc_now)
            await messenger.check()
            links.append(messenger.start_link(token))
            await messenger.stop()
        if settings.viber.token.get_secret_value():
            public = viber.connect(viber_settings(settings), desk, http, now=utc_now)
            await public.check()
            links.append(public.start_link(token))
    return links


@cli.command()
def preview(target: Annotated[Path, typer.Argument()] = Path("preview.html")) -> None:
    """Усі екрани трьома мовами на одній сторінці HTML."""
    from tests.screens.preview import html

    target.write_text(asyncio.run(html()), encoding="utf-8")
    print(f"Збережено: {target}")  # noqa: T201


@cli.command()
def sandbox(name: str, port: Annotated[int, typer.Option()] = 0) -> None:
    """Одна сусідня система окремо: telegram, viber, atompark."""
    _go(_sandbox(name, port))


async def _sandbox(name: str, port: int) -> None:
    keys = _settings()
    known = sandboxes(keys)
    if name not in known:
        _stop(f"Немає пісочниці {name}; є: {', '.join(known)}")
    make, path = known[name]
    async with _listening(make(), "127.0.0.1", port) as bound:
        print(f"ready http://127.0.0.1:{bound}{path}", flush=True)  # noqa: T201
        await _until_told(False)


def sandboxes(keys: Settings) -> "dict[str, tuple[Callable[[], Any], str]]":
    """How to make each sandbox, with the path that belongs in its system's setting."""

    def telegram() -> Any:
        from sandbox.telegram import create_app

        return create_app(keys.telegram.token.get_secret_value())

    def viber() -> Any:
        from sandbox.viber import create_app

        return create_app(keys.viber.token.get_secret_value())

    def atompark() -> Any:
        from sandbox.atompark import create_app

        return create_app(keys.atompark.public_key.get_secret_value(), keys.atompark.private_key.get_secret_value())

    return {"telegram": (telegram, ""), "viber": (viber, "/pa"), "atompark": (atompark, "")}


# --- the demo --------------------------------------------------------------------------------------------------------

DEMO = Path(__file__).parent / "var" / "demo"
HORECA = Path(__file__).parent / "sandbox" / "horeca"


@cli.command()
def demo(port: Annotated[int, typer.Option(envvar="PORT")] = 8080) -> None:
    """Демонстраційна гуртівня з усіма сусідніми системами на одній сторінці."""
    _go(_demo(port))


async def _demo(port: int) -> None:
    from sandbox.demo import DemoPerson, create_app, seed

    DEMO.mkdir(parents=True, exist_ok=True)
    for old in DEMO.glob("komora.db*"):
        old.unlink()
    settings = _demo_settings(port)
    people = [DemoPerson(**person) for person in _json(HORECA / "people.json")]
    apps = {name: make() for name, (make, _) in sandboxes(settings).items()}
    page = create_app(apps, product_url=settings.public_url, company=settings.company.name, people=people)
    await _fill(settings)
    async with _listening(page, "127.0.0.1", port):
        await seed(f"http://127.0.0.1:{port}", people)
        keeper = asyncio.create_task(_keep_running(_environment(settings)))
        try:
            await _unless_over(keeper, _wait_ready(settings.public_url))
            print(f"Komora is ready: http://127.0.0.1:{port}/", flush=True)  # noqa: T201
            await _unless_over(keeper, _until_told(False))
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)


async def _unless_over(keeper: "asyncio.Task[None]", work: Coroutine[Any, Any, None]) -> None:
    """The work, unless the keeper gives up before it is done."""
    task = asyncio.create_task(work)
    await asyncio.wait({keeper, task}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        task.cancel()
        await keeper
    await task


def _demo_settings(port: int) -> Settings:
    """The demo's own keys, made anew each time, and the sandboxes' addresses."""
    import secrets

    here, inside = f"http://127.0.0.1:{port}", _free_port()
    hexes = "-".join(secrets.token_hex(8) for _ in range(3))
    return Settings(
        _env_file=None,
        public_url=f"http://127.0.0.1:{inside}",
        port=inside,
        database_url=f"sqlite+aiosqlite:///{DEMO / 'komora.db'}",
        media_dir=HORECA / "pictures",
        company={"name": "ГастроОпт Демо", "phone": "+380441234500"},
        telegram={"token": f"110201543:{secrets.token_urlsafe(26)[:35]}", "api_base": f"{here}/telegram"},
        viber={"token": hexes, "api_base": f"{here}/viber/pa"},
        atompark={
            "public_key": secrets.token_hex(16), "private_key": secrets.token_hex(16), "sender": "Komora",
            "base_url": f"{here}/atompark",
        },
    )  # fmt: skip


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as the child's environment."""
    from pydantic import SecretStr

    given = {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    for section, value in settings:
        fields = {section: value} if not hasattr(value, "model_dump") else {f"{section}__{k}": v for k, v in value}
        for name, field in fields.items():
            if isinstance(field, SecretStr):
                given[name.upper()] = field.get_secret_value()
            elif isinstance(field, (str, int, Path)):
                given[name.upper()] = str(field)
    return given


async def _fill(settings: Settings) -> None:
    """The demo's price list, pictures, clients and their orders of the last weeks."""
    import csv

    from bot.db.opening import open_books
    from bot.db.schema import migrate
    from bot.services.past_orders import PastOrders
    from bot.services.pricelist import PriceListImport
    from integrations.onec import commerceml

    await migrate(settings.database_url)
    books = open_books(settings.database_url)
    try:
        files = [HORECA / "commerceml" / "import.xml", HORECA / "commerceml" / "offers.xml"]
        await PriceListImport(books).run(commerceml.read(files), now=utc_now())
        with (HORECA / "pictures.csv").open(encoding="utf-8", newline="") as file:
            pictures = {tuple(row["category_path"].split("/")): row["file"] for row in csv.DictReader(file)}
        await books.write(_hang_pictures, pictures)
        past = PastOrders(books, delivery_rules(settings), utc_now)
        for order in await _take_clients_in(books, HORECA / "clients.json"):
            await past.take_in(order)
    finally:
        await books.close()


def _hang_pictures(tx: "Tx", pictures: dict[tuple[str, ...], str]) -> None:
    for path, category_id in tx.catalogue.paths().items():
        if path in pictures:
            tx.catalogue.set_picture(category_id, pictures[path])


# --- running things --------------------------------------------------------------------------------------------------


def _go(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def _settings() -> Settings:
    """Raises typer.Exit with a sentence for every setting that is wrong."""
    from pydantic import ValidationError

    from bot import logs

    try:
        settings = Settings()
    except ValidationError as error:
        _stop("\n".join(f"{'__'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()))
    logs.configure(settings.log_level)
    return settings


def _stop(words: str) -> NoReturn:
    print(words, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1)


def _settle_memory() -> None:
    """Aiogram's heap is large and lives for ever: keep the collector off it (docs/performance.md)."""
    import gc

    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


async def _until_told(until_input_closes: bool) -> None:
    """Wait for Ctrl-C, a polite kill, or the end of the input."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, told.set)
    if until_input_closes:
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        closed = asyncio.ensure_future(reader.read())
        closed.add_done_callback(lambda _: told.set())
    await told.wait()


@asynccontextmanager
async def _listening(app: Any, host: str, port: int) -> AsyncIterator[int]:
    """The application on a port; yields the number, which the system chose where 0 was asked for."""
    from aiohttp import web

    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            _stop(f"Порт {port} зайнятий ({error.strerror}). Оберіть інший: PORT=8090 make demo")
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _keep_running(environment: dict[str, str]) -> None:
    """The product as a process of its own, started again should it die; it ends with this one."""
    loop, quick = asyncio.get_running_loop(), 0
    while True:
        child = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "run", "--until-input-closes", env=environment, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        began = loop.time()
        try:
            code = await child.wait()
            quick = quick + 1 if loop.time() - began < 5 else 0
            if quick == 3:
                _stop(f"Komora тричі поспіль зупинилася одразу після запуску (код {code}): причина вище.")
            print(f"Komora зупинилася з кодом {code}, запускаю знову", file=sys.stderr)  # noqa: T201
            await asyncio.sleep(1)
        finally:
            if child.returncode is None:
                child.terminate()
                await child.wait()


async def _wait_ready(url: str) -> None:
    import httpx

    async with httpx.AsyncClient() as http:
        for _ in range(600):
            try:
                if (await http.get(f"{url}/readyz")).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    _stop("Продукт не запустився за хвилину.")


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _json(path: Path) -> Any:
    import json

    return json.loads(path.read_text("utf-8"))


if __name__ == "__main__":
    cli()
