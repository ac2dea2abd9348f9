"""The composition root and the command line: the only place that knows every room.

Commands that need no messenger stay quick: what is heavy (aiogram, the sandboxes) is imported by the command that
needs it.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NoReturn
from urllib.parse import urlsplit

import typer

from bot import config
from bot.config import Settings
from bot.domain.desk import Role
from bot.domain.figures import Period
from bot.meant import MEANT
from bot.process import CannotStart, background, private_folder, until_done, until_told
from handlers.terminal import invites, jobs, ladder, mailings, notices, templates

if TYPE_CHECKING:
    import httpx
    from aiohttp.web import RouteDef
    from prometheus_client import CollectorRegistry

    from bot.db.books import Books
    from bot.domain.bank import Statement
    from bot.domain.credit import CreditRules
    from bot.domain.delivery import DeliveryRules
    from bot.domain.desk import DeskRules
    from bot.domain.dispatch import Terms
    from bot.domain.envelope import EnvelopeRules
    from bot.domain.figures import Norms
    from bot.domain.ladder import Ladder
    from bot.domain.pricelist import Records
    from bot.domain.promotion import Rules
    from bot.domain.template.facts import PartyFacts
    from bot.domain.workdays import Workdays
    from bot.jobs.carriers import Carrier
    from bot.jobs.relaying import Relaying
    from bot.jobs.telling import Desk
    from bot.ports import Accounting, MailSender, PaymentProvider, SmsSender
    from bot.ports.signing import Signing
    from bot.services.bank import BankTerms
    from bot.services.envelopes import EnvelopeJobs
    from bot.services.papers import Papers
    from bot.services.private_files import PrivateFiles
    from bot.services.readiness import Readiness
    from handlers.app import App
    from integrations.atompark import AtomParkSms
    from integrations.mail import Mail
    from integrations.onec.exchange import Exchange as OnecExchange
    from integrations.onec.odata import OnecAccounting
    from integrations.telegram import TelegramSettings
    from integrations.turbosms import TurboSms
    from integrations.vchasno import Vchasno
    from integrations.viber import ViberSettings
    from integrations.wayforpay import WayForPay, WayForPaySettings

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Komora: замовлення гуртівні в Telegram і Viber.",
)

cli.add_typer(jobs.cli, name="jobs")
cli.add_typer(notices.cli, name="notices")
HERE = Path(__file__).parent


class Now:
    """The time by which everything in this process goes; only the demo moves it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, line: str) -> None:
        """`line` says how many seconds ahead of the real time it is from now on."""
        self.ahead = timedelta(seconds=float(line))


utc_now = Now()


# --- the application -------------------------------------------------------------------------------------------------


def build_app(
    settings: Settings,
    books: "Books",
    *,
    sms: "SmsSender | None" = None,
    accounting: "Accounting | None" = None,
    gateway: "PaymentProvider | None" = None,
    papers: "Papers | None" = None,
    mail: "MailSender | None" = None,
    signing: "Signing | None" = None,
    now: Callable[[], datetime] = utc_now,
) -> "App":
    """The services over the books, with the outside systems that are set up."""
    from dataclasses import replace

    from bot.domain.dispatch import CHATS, Way
    from bot.domain.money import Money
    from bot.services.kept_files import KeptFiles
    from handlers.app import Company
    from handlers.app import build_app as build
    from integrations import docx, libreoffice

    given, minimum = settings.company, Money.of(settings.delivery.minimum_order)
    company = Company(given.name, given.phone, given.offer_days, given.edrpou, given.iban.replace(" ", ""))
    ways = CHATS | ({Way.SMS} if sms else set()) | ({Way.MAIL} if mail else set())
    return build(
        books, delivery_rules(settings), minimum, company, settings.media_dir,
        now=now, sms=sms, accounting=accounting, gateway=gateway, public_url=settings.public_url, papers=papers,
        promotions=promotion_rules(settings), terms=replace(notice_terms(settings), ways=ways),
        credit=credit_rules(settings), ladder=ladder_of(settings), reminding=settings.reminders.on,
        bank=bank_terms(settings), statements=partial(_statement, settings), groups=desk_groups(settings),
        desk_rules=desk_rules(settings), signing=signing, kept=KeptFiles(settings.files_dir),
        envelopes=envelope_rules(settings), documents=docx.Templates(), to_pdf=libreoffice.LibreOffice(),
        party=contract_party(settings), place=given.city, norms=norms(settings),
    )  # fmt: skip


def norms(settings: Settings) -> "Norms":
    from bot.domain.figures import Norms
    from bot.domain.money import Money

    given = settings.stats
    return Norms(
        given.minutes_per_order, given.minutes_per_payment, given.minutes_per_reminder, given.minutes_per_price_list,
        given.minutes_per_message, Money.of(given.hour),
    )  # fmt: skip


def contract_party(settings: Settings) -> "PartyFacts":
    """The wholesaler as a side of its contracts."""
    from bot.domain.requisites import ClientKind
    from bot.domain.template.facts import PartyFacts

    given = settings.company
    fop = len(given.edrpou) == 10
    post = ("", "", "") if fop else (given.position, given.position_genitive, given.basis)  # a ФОП acts for themselves
    return PartyFacts(
        given.name, ClientKind.FOP if fop else ClientKind.LEGAL, given.edrpou, given.address, given.director,
        given.director_genitive, *post, given.phone, given.email, given.iban.replace(" ", ""), given.bank, given.vat,
    )  # fmt: skip


def credit_rules(settings: Settings) -> "CreditRules":
    from bot.domain.credit import CreditRules
    from bot.domain.money import Money

    given = settings.credit
    return CreditRules(
        given.mode != "off",
        given.overdue_days,
        Money.of(given.overdue_sum),
        holds=given.mode == "hold",
        signed_only=given.signed_only,
    )


def bank_terms(settings: Settings) -> "BankTerms":
    from bot.domain.bank import ToOnec
    from bot.services.bank import BankTerms

    company, given = settings.company, settings.bank
    accounts = [company.iban, *given.accounts.split(",")]
    return BankTerms(
        ToOnec(given.to_1c),
        frozenset(bare for one in accounts if (bare := one.replace(" ", "").upper())),
        frozenset({company.edrpou} if company.edrpou else ()),
        managers_too=not settings.telegram.finance_chat,
    )


def _statement(settings: Settings, path: Path, columns: "Mapping[str, str] | None" = None) -> "Statement":
    """A file of a bank, read. Raises BrokenStatement."""
    from integrations import bank, spreadsheet

    terms = bank_terms(settings)
    said = dict(one.split("=", 1) for one in settings.bank.columns.split(",") if "=" in one)
    named = {field.strip(): where for field, where in said.items()} | dict(columns or {})
    return bank.read(path, spreadsheet.tables, accounts=terms.accounts, codes=terms.codes, columns=named)


def promotion_rules(settings: Settings) -> "Rules":
    from bot.domain.money import Money
    from bot.domain.promotion import VCHASNO, Applies, Promotion, Rules

    given = settings.promotions
    budget = Money.of(given.budget) if given.budget else None
    online = (
        (Applies.ONLINE_ORDER, given.online_order_percent, given.online_order_from, given.online_order_until),
        (Applies.ONLINE_PAYMENT, given.online_payment_percent, given.online_payment_from, given.online_payment_until),
    )
    minimum = Money.of(given.min_order) if given.min_order else None
    dated = [
        Promotion(f"{kind.value}:{begin}", percent, kind, begin, until, budget=budget, min_order=minimum)
        for kind, percent, begin, until in online
        if percent and begin is not None
    ]
    granted = Promotion(
        VCHASNO, given.vchasno_percent, Applies.GRANT, once_per_client=True, budget=budget, min_order=minimum
    )
    promotions = (*dated, *([granted] if given.vchasno_percent else ()))
    return Rules(promotions, given.floor_percent, given.floor_price_type)


def envelope_rules(settings: Settings) -> "EnvelopeRules":
    """How documents that are signed go their way."""
    from bot.domain.envelope import EnvelopeRules, Start
    from bot.domain.signing import FirstSigner

    given = settings.contracts
    return EnvelopeRules(
        review_days=given.review_days, sign_days=given.sign_days, reminded=given.reminded,
        first=FirstSigner(settings.vchasno.first_sign_by), starts=frozenset(Start(one) for one in given.starts),
    )  # fmt: skip


def desk_rules(settings: Settings) -> "DeskRules":
    from datetime import timedelta

    from bot.domain.desk import DeskRules

    given = settings.desk
    return DeskRules(
        workdays(settings),
        timedelta(minutes=given.silence),
        timedelta(minutes=given.asks_again),
        timedelta(minutes=given.escalates),
    )


def delivery_rules(settings: Settings) -> "DeliveryRules":
    from bot.domain.delivery import DeliveryRules

    given = settings.delivery
    return DeliveryRules(given.cutoff, given.weekdays, given.holidays, given.horizon_days)


def workdays(settings: Settings) -> "Workdays":
    from bot.domain.workdays import Workdays

    given = settings.work
    return Workdays(given.weekdays, given.days_off, given.days_worked, given.public_holidays, given.begins, given.ends)


async def _sent_file(messenger: Any, ref: str, limit: int) -> bytes:
    """What somebody sent, within the limit. Raises Unavailable, Rejected."""
    from bot.conversation.event import File
    from bot.domain.errors import Rejected

    content: bytes = await messenger.fetch(File("document", ref=ref))
    if len(content) > limit:
        raise Rejected(messenger.channel, "fetch", "too_large")
    return content


@asynccontextmanager
async def product(settings: Settings, *, web: bool = True, worker: bool = True) -> AsyncIterator[None]:
    """Everything live, from the database to the messengers, until the block ends; or only its one half.

    The books are held before they are migrated, and what an earlier process left is answered before the port opens.
    """
    import httpx
    from prometheus_client import CollectorRegistry

    from bot.conversation.pipeline import Pipeline
    from bot.db.ready import opened
    from bot.jobs import Heartbeat
    from bot.services.arrivals import came
    from bot.services.housekeeping import Housekeeping
    from bot.services.papers import Papers
    from bot.services.private_files import PrivateFiles
    from bot.services.readiness import Readiness
    from bot.web.app import turn_meter
    from handlers.errors import trouble
    from handlers.menu import calm, frame
    from handlers.routing import build_router
    from integrations import chart, paper

    chosen = telegram_settings(settings), viber_settings(settings)
    async with AsyncExitStack() as stack:
        books = await stack.enter_async_context(opened(settings.database_url, exclusive=True))
        http = await stack.enter_async_context(httpx.AsyncClient())
        accounting, gateway = onec_of(settings, http), wayforpay_of(settings, http)
        sms, mail, signing = sms_of(settings, http), mail_of(settings), signing_of(settings, http)
        files = PrivateFiles(private_folder("files"), utc_now)
        background(stack, files.run())
        app = build_app(
            settings, books, sms=sms, accounting=accounting, gateway=gateway, mail=mail, signing=signing,
            papers=Papers(paper.draw, files, chart.draw),
        )  # fmt: skip
        registry = CollectorRegistry()
        pipeline = Pipeline(
            books, build_router(), app, now=utc_now, frame=frame, trouble=trouble, calm=calm, came=came,
            default_language=settings.default_language, measured=turn_meter(registry), staff=staff_of(settings),
        )  # fmt: skip
        readiness = Readiness(books, utc_now)
        messenger, public = connect(chosen, pipeline, http)
        messengers = [one for one in (messenger, public) if one]
        app.invitations.chats.connect(messengers)
        if messenger:
            app.bank.connect(partial(_sent_file, messenger))
            app.templates.connect(partial(_sent_file, messenger))
        app.proofs.connect({one.channel: partial(_sent_file, one) for one in messengers})
        for one in messengers:
            stack.push_async_callback(one.stop)
            readiness.watch(one.channel, partial(_stopped, one))
        if web:
            await _serve_web(stack, settings, app, readiness, registry, (messenger, public), books, gateway, files)
        outside = Outside(messengers, accounting, gateway, sms, mail, signing)
        at_work = await _work(stack, settings, app, books, outside, files) if worker else None
        role = "run" if web and worker else "web" if web else "worker"
        background(stack, Heartbeat(books, role, utc_now, at_work).run())
        background(stack, Housekeeping(books, utc_now, app.envelopes.files).run())
        yield


async def _serve_web(
    stack: AsyncExitStack,
    settings: Settings,
    app: "App",
    readiness: "Readiness",
    registry: "CollectorRegistry",
    messengers: Any,
    books: "Books",
    gateway: "WayForPay | None",
    files: "PrivateFiles",
) -> None:
    """The port, and what people write."""
    from bot.web import server
    from bot.web.app import create_app
    from bot.web.files import file_routes
    from bot.web.joining import join_routes
    from bot.web.signing import sign_routes

    messenger, public = messengers
    exchange = exchange_of(settings, books, app)
    if exchange:
        stack.push_async_callback(exchange.close)
    await app.browsing.warm()
    if public:
        await public.start()
    web_app = create_app(
        [
            *(route for one in (messenger, public, exchange) if one for route in one.routes()),
            *(card_routes(settings, app, gateway) if gateway else ()),
            *post_routes(settings, books),
            *file_routes(files),
            *sign_routes(app.sign_page, now=utc_now, default_language=settings.default_language),
            *join_routes(
                app.invitations.chats, settings.company.name, settings.company.phone, now=utc_now,
                default_language=settings.default_language,
            ),
        ],
        ready=readiness.missing, media=settings.media_dir, metrics=registry,
        metrics_token=settings.metrics_token.get_secret_value(), behind_proxy=bool(settings.public_url),
    )  # fmt: skip
    await server.listen(await server.prepared(stack, web_app), settings.host, settings.port)
    if messenger:
        await messenger.start()
    if public:
        background(stack, until_done("viber webhook", public.register))


def post_routes(settings: Settings, books: "Books") -> "list[RouteDef]":
    """Where a provider of SMS tells what became of a message, and where people say that they want no letters."""
    from bot.services.returns import Returns
    from bot.web.leaving import leaving_routes

    returns, routes = Returns(books, utc_now, None, None), []
    if settings.mail.url.get_secret_value():
        routes += leaving_routes(returns, now=utc_now, default_language=settings.default_language)
    if settings.turbosms.token.get_secret_value() and settings.turbosms.secret.get_secret_value():
        from integrations import turbosms

        chosen = turbosms.TurboSmsSettings(**settings.turbosms.model_dump())
        routes += turbosms.TurboSmsWebhook(chosen, returns.told, utc_now).routes()
    return routes


class Outside(NamedTuple):
    """The outside systems that are set up."""

    messengers: list[Any]
    accounting: "Accounting | None"
    gateway: "PaymentProvider | None"
    sms: "SmsSender | None"
    mail: "MailSender | None"
    signing: "Signing | None"


async def _work(
    stack: AsyncExitStack, settings: Settings, app: "App", books: "Books", outside: Outside, files: "PrivateFiles"
) -> asyncio.Event:
    """What is done in the background, and whether it is; what is in hand at the end is finished or given back."""
    from bot.jobs import supervised, worker_for
    from bot.jobs.duties import duties
    from bot.jobs.telling import Telling

    terms, carriers = notice_terms(settings), carriers_of(settings, outside)
    telling = Telling(
        books, app, carriers, desks_of(settings), now=utc_now, pause=asyncio.sleep,
        default_language=settings.default_language, terms=terms,
    )  # fmt: skip
    todo = duties(
        books, telling, outside.accounting, delivery_rules(settings), utc_now, gateway=outside.gateway,
        payments=app.payments, terms=terms, sms=outside.sms, mail=outside.mail, promotions=app.promotions,
        moves=app.money_moves, campaigns=app.campaigns, reminders=app.reminders, bank=app.bank,
        held=app.held_orders, relaying=relaying_of(settings, app, books, outside, files), desk=app.desk,
        envelopes=envelopes_of(settings, app, books, outside), figures=app.figures,
    )  # fmt: skip
    worker = worker_for(
        settings.database_url, books, todo.handlers, todo.schedules, todo.lanes, now=utc_now, on_dead=todo.on_dead
    )
    stop = asyncio.Event()
    working = asyncio.create_task(supervised(worker, stop))

    async def end() -> None:
        stop.set()
        await asyncio.gather(working, return_exceptions=True)

    stack.push_async_callback(end)
    return worker.at_work


def envelopes_of(settings: Settings, app: "App", books: "Books", outside: Outside) -> "EnvelopeJobs | None":
    """What the background does with documents that are signed; None where no service of signatures is set up."""
    from bot.services.envelopes import envelope_jobs
    from integrations.cades import read_container

    if outside.signing is None:
        return None
    return envelope_jobs(
        books, outside.signing, app.templates, read_container, app.envelopes, workdays(settings), utc_now,
        ours=settings.company.edrpou, texts=outside.sms is not None,
    )  # fmt: skip


def relaying_of(
    settings: Settings, app: "App", books: "Books", outside: Outside, files: "PrivateFiles"
) -> "Relaying[App] | None":
    """Between clients and the staff's topics; None where the staff has no group in Telegram."""
    from bot.jobs.desk_words import Drawing
    from bot.jobs.enclosing import Enclosing
    from bot.jobs.relaying import Relaying
    from handlers.staff.relayed import WORDS

    messengers = {one.channel: one for one in outside.messengers}
    if not app.desk.open or "telegram" not in messengers:
        return None
    drawing = Drawing(app, WORDS, utc_now, settings.default_language)
    return Relaying(books, messengers["telegram"], messengers, drawing, Enclosing(files))


def carriers_of(settings: Settings, outside: Outside) -> "list[Carrier[App]]":
    """Every way by which people can be told."""
    from bot.jobs.carriers import ChatCarrier, MailCarrier, TextCarrier
    from bot.web.leaving import LEAVE
    from handlers import briefs, letters, notices
    from handlers.menu import frame

    carriers: list[Carrier[App]] = [
        ChatCarrier(one, notices.screen, frame, notices.renewed) for one in outside.messengers
    ]
    if outside.sms:
        carriers.append(TextCarrier(outside.sms, briefs.brief, notice_terms(settings).sms))
    if outside.mail:
        leave = f"{settings.public_url.rstrip('/')}{LEAVE}" if settings.public_url.startswith("https:") else ""
        carriers.append(MailCarrier(outside.mail, letters.letter, leave))
    return carriers


def staff_of(settings: Settings) -> dict[str, str]:
    """The desk of each group of the wholesaler's own people."""
    telegram = settings.telegram
    groups = {"finance": telegram.finance_chat, "managers": telegram.managers_chat, "lawyers": telegram.lawyers_chat}
    return {group: desk for desk, group in groups.items() if group}


def desk_groups(settings: Settings) -> dict[str, tuple[str, str]]:
    """The group of each desk that has one of its own: there are the topics of its clients."""
    return {desk: ("telegram", group) for group, desk in staff_of(settings).items()}


def desks_of(settings: Settings) -> "dict[str, Desk]":
    """The group of each desk; the managers are told of money and contracts where finance or lawyers have none."""
    groups = {
        "managers": settings.telegram.managers_chat,
        "finance": settings.telegram.finance_chat or settings.telegram.managers_chat,
        "lawyers": settings.telegram.lawyers_chat or settings.telegram.managers_chat,
    }
    return {desk: ("telegram", group) for desk, group in groups.items() if group}


def notice_terms(settings: Settings) -> "Terms":
    from bot.domain.dispatch import Terms
    from bot.domain.money import Money

    given = settings.notices
    return Terms(
        sms=Money.of(given.sms_price),
        viber=Money.of(given.viber_price),
        budget=Money.of(given.budget) if given.budget is not None else None,
        wakes=given.wakes,
        sleeps=given.sleeps,
        work=workdays(settings),
    )


def ladder_of(settings: Settings) -> "Ladder | None":
    """The installation's own; None where it has none. Raises CannotStart."""
    from handlers.terminal.ladder import read

    return read(settings.reminders.ladder) if settings.reminders.ladder else None


def onec_of(settings: Settings, http: "httpx.AsyncClient") -> "OnecAccounting | None":
    """None where 1C is not connected by OData. Raises CannotStart."""
    if not settings.onec.base_url:
        return None
    from integrations.onec import odata

    theirs = {name for name in type(settings.onec).model_fields if name.startswith(("exchange", "events"))}
    given = settings.onec.model_dump(exclude=theirs)
    with config.section("ONEC"):
        return odata.connect(odata.OnecSettings(**given), http, now=utc_now)


def wayforpay_settings(settings: Settings) -> "WayForPaySettings | None":
    """None where nobody pays by card. Raises CannotStart."""
    given = settings.wayforpay
    if not given.account:
        return None
    from integrations.wayforpay import CALLBACK, RETURN, WayForPaySettings

    if not config.is_private(settings.public_url):
        raise CannotStart("PUBLIC_URL: сторінка оплати й відповіді WayForPay потребують адреси https цього продукту.")
    public = settings.public_url.rstrip("/")
    with config.section("WAYFORPAY"):
        return WayForPaySettings(
            account=given.account,
            secret=given.secret,
            domain=given.domain or urlsplit(public).hostname or "",
            api_url=given.api_url,
            pay_url=given.pay_url,
            callback_url=f"{public}{CALLBACK}",
            return_url=f"{public}{RETURN}",
        )


def wayforpay_of(settings: Settings, http: "httpx.AsyncClient") -> "WayForPay | None":
    """None where nobody pays by card. Raises CannotStart."""
    chosen = wayforpay_settings(settings)
    if chosen is None:
        return None
    from integrations import wayforpay

    return wayforpay.connect(chosen, http, now=utc_now)


def signing_of(settings: Settings, http: "httpx.AsyncClient") -> "Vchasno | None":
    """None where nothing is signed electronically. One a process: it keeps the limit of calls. Raises CannotStart."""
    if not settings.vchasno.token.get_secret_value():
        return None
    from integrations import vchasno

    with config.section("VCHASNO"):
        given = vchasno.VchasnoSettings(token=settings.vchasno.token, base_url=settings.vchasno.base_url)
    return vchasno.connect(given, http, now=utc_now)


def card_routes(settings: Settings, app: "App", gateway: "WayForPay") -> "list[RouteDef]":
    """The page where a client pays, and what the gateway calls. Raises CannotStart."""
    from bot.domain.payment import Payee
    from bot.web.pay import pay_routes
    from integrations.wayforpay import WayForPayWebhook

    company, chosen = settings.company, wayforpay_settings(settings)
    assert chosen is not None
    try:
        payee = Payee(company.name, company.edrpou, company.iban.replace(" ", ""))
    except ValueError as error:
        raise CannotStart(f"COMPANY__{str(error).upper()}: {MEANT['COMPANY__IBAN']}.") from error
    webhook = WayForPayWebhook(chosen, app.payments.told, utc_now, back=app.payments.back)
    return [*pay_routes(app.payments, payee, origin=gateway.origin, now=utc_now), *webhook.routes()]


def exchange_of(settings: Settings, books: "Books", app: "App | None" = None) -> "OnecExchange | None":
    """None where nobody of 1C's is let in. Raises CannotStart."""
    given = settings.onec
    if not (given.exchange_user or given.exchange_password.get_secret_value()):
        return None
    from bot.services.exchange import Exchange
    from integrations.onec import commerceml, exchange

    with config.section("ONEC"):
        chosen = exchange.ExchangeSettings(
            user=given.exchange_user,
            password=given.exchange_password,
            encoding=given.exchange_encoding,
            version=given.exchange_version,
            events_key=given.events_key,
            folder=private_folder(f"exchange-{settings.port}"),
        )
    desk = Exchange(
        books, utc_now, commerceml.read, connected=bool(given.base_url), envelopes=app.envelopes if app else None
    )
    return exchange.connect(chosen, desk, utc_now)


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


def sms_of(settings: Settings, http: "httpx.AsyncClient") -> "SmsSender | None":
    """AtomPark where it is set up, else TurboSMS; None without either. Raises CannotStart."""
    return atompark_of(settings, http) or turbosms_of(settings, http)


def atompark_of(settings: Settings, http: "httpx.AsyncClient") -> "AtomParkSms | None":
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


def turbosms_of(settings: Settings, http: "httpx.AsyncClient") -> "TurboSms | None":
    """None where TurboSMS is not set up. Raises CannotStart."""
    if not settings.turbosms.token.get_secret_value():
        return None
    from integrations import turbosms

    with config.section("TURBOSMS"):
        given = turbosms.TurboSmsSettings(**settings.turbosms.model_dump())
    return turbosms.connect(given, http)


def mail_of(settings: Settings) -> "Mail | None":
    """None where no mail goes out. Raises CannotStart."""
    given = settings.mail
    if not given.url.get_secret_value():
        return None
    from integrations import mail

    with config.section("MAIL"):
        chosen = mail.MailSettings(**given.model_dump(by_alias=True), name=settings.company.name[:100])
    return mail.connect(chosen, now=utc_now)


# --- commands --------------------------------------------------------------------------------------------------------


@cli.command()
def run(until_input_closes: Annotated[bool, typer.Option(hidden=True)] = False) -> None:
    """Увесь продукт в одному процесі, поки не натиснуто Ctrl-C."""
    settings = _settings(None if until_input_closes else ".env")  # a parent that drives us gives everything itself
    if not (settings.telegram.token.get_secret_value() or settings.viber.token.get_secret_value()):
        _stop("Немає ні TELEGRAM__TOKEN, ні VIBER__TOKEN. Скопіюйте .env.example у .env і заповніть, або: make demo")
    _go(_serve(settings, until_input_closes))


@cli.command(hidden=True)
def driven(ahead: str = "0") -> None:
    """The demo's product: its parent gives every setting, and moves its time by lines on the input."""
    utc_now.move(ahead)
    _go(_serve(_settings(None), True, moved=utc_now.move))


@cli.command()
def web(until_input_closes: Annotated[bool, typer.Option(hidden=True)] = False) -> None:
    """Лише вебсервер і боти; скільки завгодно таких процесів на PostgreSQL. Фонову роботу робить worker."""
    _go(_serve(_half(until_input_closes), until_input_closes, worker=False))


@cli.command()
def worker(until_input_closes: Annotated[bool, typer.Option(hidden=True)] = False) -> None:
    """Лише фонова робота: обмін з 1С, повідомлення; скільки завгодно таких процесів на PostgreSQL."""
    _go(_serve(_half(until_input_closes), until_input_closes, web=False))


def _half(until_input_closes: bool) -> Settings:
    """The settings of a process that is not alone."""
    settings = _settings(None if until_input_closes else ".env")
    if settings.database_url.startswith("sqlite"):
        _stop("web і worker окремо працюють лише на PostgreSQL. З SQLite запустіть main.py run, там є все.")
    return settings


async def _serve(
    settings: Settings,
    until_input_closes: bool,
    *,
    web: bool = True,
    worker: bool = True,
    moved: Callable[[str], None] | None = None,
) -> None:
    async with product(settings, web=web, worker=worker):
        if settings.telegram.token.get_secret_value():
            from integrations.telegram import settle_memory

            settle_memory()
        where = settings.public_url or f"http://{settings.host}:{settings.port}"
        print(f"Komora працює: {where if web else 'фонова робота'}", flush=True)  # noqa: T201
        await until_told(until_input_closes, moved)


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
            "AtomPark": _atompark(settings, http),
            "TurboSMS": _turbosms(settings, http),
            "Пошта": _mail(settings),
            "WayForPay": _wayforpay(settings, http),
            "Вчасно": _vchasno(settings, http),
            "1С (OData)": _onec(settings, http),
            "1С (обмін)": _exchange(settings),
            "PDF": _libreoffice(),
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
    from handlers.terminal import groups

    messenger, _ = connect((telegram_settings(settings), None), None, http)
    if messenger is None:
        return "вимкнено: немає TELEGRAM__TOKEN, клієнти Telegram не зможуть писати"
    try:
        name, desks = str(await messenger.check()), {desk: group for group, desk in staff_of(settings).items()}
        return "\n".join([name, *await groups.standing(messenger.topics, desks)])
    finally:
        await messenger.stop()


async def _viber(settings: Settings, http: "httpx.AsyncClient") -> str:
    _, public = connect((None, viber_settings(settings)), None, http)
    return str(await public.check()) if public else "вимкнено: немає VIBER__TOKEN, клієнти Viber не зможуть писати"


async def _atompark(settings: Settings, http: "httpx.AsyncClient") -> str:
    sms = atompark_of(settings, http)
    if sms:
        return await sms.check()
    lacking = "" if settings.turbosms.token.get_secret_value() else ", коди через SMS не надсилатимуться"
    return f"вимкнено: немає ключів ATOMPARK{lacking}"


async def _turbosms(settings: Settings, http: "httpx.AsyncClient") -> str:
    sms = turbosms_of(settings, http)
    if sms is None:
        return "вимкнено: немає TURBOSMS__TOKEN"
    viber = "" if sms.has_viber else "; без TURBOSMS__VIBER_SENDER лише SMS"
    return f"{await sms.check()}{viber}"


async def _mail(settings: Settings) -> str:
    from bot.domain.errors import Rejected, Unavailable

    mail = mail_of(settings)
    if mail is None:
        return "вимкнено: немає MAIL__URL, листи не надсилатимуться"
    unread = "" if settings.mail.bounces.get_secret_value() else "; немає MAIL__BOUNCES, повернень ніхто не помітить"
    try:
        return await mail.check() + unread
    except (Rejected, Unavailable) as error:
        if error.operation != "mailbox":
            raise
        remedies = {
            "login": "не впускає: перевірте користувача й пароль у MAIL__BOUNCES",
            "certificate": "має недійсний сертифікат: виправте його або адресу в MAIL__BOUNCES",
        }
        what = remedies.get(str(error.code), "не відповідає: перевірте адресу й порт у MAIL__BOUNCES")
        raise CannotStart(f"скринька повернень {what}; листи надсилаються, та повернень ніхто не помітить") from None


async def _wayforpay(settings: Settings, http: "httpx.AsyncClient") -> str:
    gateway = wayforpay_of(settings, http)
    if gateway is None:
        return "вимкнено: немає WAYFORPAY__ACCOUNT, оплати карткою немає"
    await gateway.ping()
    return "ключі підходять"


async def _vchasno(settings: Settings, http: "httpx.AsyncClient") -> str:
    from bot.domain.errors import Rejected, Unavailable

    signing = signing_of(settings, http)
    if signing is None:
        return "вимкнено: немає VCHASNO__TOKEN, договори підписують без Комори"
    remedies = {
        "login_required": "токен не підходить або минув його строк: створіть новий у кабінеті для VCHASNO__TOKEN",
        "access_denied": "немає тарифу «Інтеграція»: підключіть його в кабінеті Вчасно або попросіть пробний",
        "permission": "працівникові, чий це токен, бракує прав: дайте їх у налаштуваннях співробітника в кабінеті",
        "too_many_requests": "забагато запитів від вашої компанії: зачекайте хвилину й перевірте ще раз",
    }
    try:
        if (await signing.allowance()).left == 0:
            raise CannotStart("документи тарифу вичерпано: поповніть його в кабінеті Вчасно")
        return await signing.check()
    except (Rejected, Unavailable) as error:
        usual = f"не відповідає ({error.code}): перевірте інтернет і VCHASNO__BASE_URL, спробуйте пізніше"
        raise CannotStart(remedies.get(str(error.code), usual)) from None


async def _onec(settings: Settings, http: "httpx.AsyncClient") -> str:
    accounting = onec_of(settings, http)
    if accounting is None:
        return "вимкнено: немає ONEC__BASE_URL, замовлення не передаються в 1С самі"
    await accounting.ping()
    findings = await accounting.check()
    if any(finding.vital for finding in findings):
        best = (await accounting.describe())[0].profile
        hint = "" if best == settings.onec.profile else f"Найкраще підходить ONEC__PROFILE={best}."
        raise CannotStart(
            "\n".join(["у базі не все видно:", *(f"       {one.text}" for one in findings), hint]).rstrip()
        )
    return "\n".join(["база відповідає, усе потрібне видно", *(f"       {one.text}" for one in findings)])


async def _libreoffice() -> str:
    from integrations.libreoffice import LibreOffice

    if LibreOffice().available:
        return "LibreOffice є, договори йдуть у PDF"
    return "вимкнено: немає LibreOffice, договори йдуть у DOCX; встановіть libreoffice-writer, якщо потрібен PDF"


async def _exchange(settings: Settings) -> str:
    if not settings.onec.exchange_user:
        return "вимкнено: немає ONEC__EXCHANGE_USER, 1С не зможе звертатися сюди сама"
    where = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"адреса для 1С: {where}/1c/exchange"


@cli.command()
def pull(
    subjects: Annotated[
        list[str] | None, typer.Argument(help="clients, catalogue, prices, stock, receivables, orders")
    ] = None,
    full: Annotated[bool, typer.Option(help="перечитати й те, що не змінилося")] = False,
) -> None:
    """Забрати з 1С зараз: усе або назване."""
    from handlers.terminal import accounting as terminal

    async def work() -> None:
        wanted = terminal.subjects(subjects or [])
        async with _connected() as (books, accounting):
            await terminal.pull(books, accounting, wanted, utc_now, full=full)

    _go(work())


@cli.command()
def reconcile(
    cards: Annotated[bool, typer.Option("--cards", help="оплати семи днів зі списком платіжного шлюзу")] = False,
) -> None:
    """Звірити замовлення з 1С зараз, або оплати зі шлюзом; про розбіжності дізнається група менеджерів."""
    from handlers.terminal import accounting as terminal

    if cards:
        _go(_reconcile_cards(_settings()))
        return

    async def work() -> None:
        async with _connected() as (books, accounting):
            await terminal.reconcile(books, accounting, utc_now)

    _go(work())


async def _reconcile_cards(settings: Settings) -> None:
    import httpx

    from bot.db.ready import opened
    from handlers.terminal import cards as terminal

    async with opened(settings.database_url) as books, httpx.AsyncClient() as http:
        await terminal.reconcile(books, terminal.require(wayforpay_of(settings, http)), utc_now)


@cli.command()
def refund(
    reference: str,
    amount: Annotated[str, typer.Argument(metavar="SUM", help="гривні, наприклад 149.60")],
    reason: Annotated[str, typer.Option(help="причина, її прочитає клієнт")],
) -> None:
    """Повернути гроші за оплату карткою: її номер, сума, причина."""
    _go(_refund(_settings(), reference, amount, reason))


async def _refund(settings: Settings, reference: str, amount: str, reason: str) -> None:
    from bot.db.ready import opened
    from handlers.terminal import cards as terminal

    async with opened(settings.database_url) as books:
        await terminal.refund(books, utc_now, reference, amount, reason)


@asynccontextmanager
async def _connected() -> "AsyncIterator[tuple[Books, Accounting]]":
    """The books and 1C. Raises CannotStart where it is not set up."""
    import httpx

    from bot.db.ready import opened
    from handlers.terminal.accounting import require

    settings = _settings()
    async with opened(settings.database_url) as books, httpx.AsyncClient() as http:
        yield books, require(onec_of(settings, http))


@cli.command("bank")
def bank_(
    file: Path,
    columns: Annotated[list[str] | None, typer.Option("--map", help="колонка таблиці: date=Дата, amount=E")] = None,
) -> None:
    """Виписка банку: 1CClientBankExchange, XML, CSV, XLSX; нерознесене побачить група фінансів."""
    if any("=" not in column for column in columns or []):
        _stop("--map приймає ПОЛЕ=КОЛОНКА, наприклад --map date=Дата")
    _go(_bank(_settings(), file, dict(column.split("=", 1) for column in columns or [])))


async def _bank(settings: Settings, file: Path, columns: dict[str, str]) -> None:
    import httpx

    from bot.db.ready import opened
    from handlers.terminal import bank as terminal
    from handlers.terminal.files import require_files

    require_files([file])
    async with opened(settings.database_url) as books, httpx.AsyncClient() as http:
        app = build_app(settings, books, accounting=onec_of(settings, http))
        await terminal.take_in(app.bank, partial(_statement, settings, file, columns))


@cli.command()
def promotions() -> None:
    """Скільки коштувала кожна акція: за місяцями, без повернутого."""
    from bot.db.ready import opened
    from handlers.terminal import promotions as terminal

    async def work() -> None:
        async with opened(_settings().database_url) as books:
            await terminal.report(books)

    _go(work())


@cli.command()
def digest(
    send: Annotated[bool, typer.Option("--send", help="надіслати групі фінансів, з графіком і таблицею")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="новий файл Excel: усі борги за клієнтами й документами")] = None,
    png: Annotated[Path | None, typer.Option(help="новий файл PNG: графік за строками")] = None,
) -> None:
    """Зведення боргів зараз: скільки винні, скільки прострочено, як змінилося, хто найбільше."""
    _go(_digest(_settings(), send=send, xlsx=xlsx, png=png))


async def _digest(settings: Settings, *, send: bool, xlsx: Path | None, png: Path | None) -> None:
    from bot.db.ready import opened
    from handlers.terminal import digest as terminal
    from integrations import chart, paper

    async with opened(settings.database_url) as books:
        app = build_app(settings, books)
        await terminal.show(app, xlsx, png, paper.draw, chart.draw)
        if send:
            await terminal.send(app.digest, desks_of(settings))


@cli.command()
def stats(
    period: Annotated[Period, typer.Option(help="за який час")] = Period.LAST_WEEK,
    csv: Annotated[Path | None, typer.Option(help="новий файл CSV: показники за днями")] = None,
    png: Annotated[Path | None, typer.Option(help="новий файл PNG: частки проти орієнтирів")] = None,
    send: Annotated[bool, typer.Option("--send", help="надіслати групі фінансів минулий тиждень")] = False,
) -> None:
    """Показники для власника: скільки онлайн, як швидко платять, що дали нагадування, скільки заощаджено."""
    _go(_stats(_settings(), period, csv, png, send=send))


async def _stats(settings: Settings, period: Period, csv: Path | None, png: Path | None, *, send: bool) -> None:
    from bot.db.ready import opened
    from handlers.terminal import figures as terminal
    from integrations import chart

    async with opened(settings.database_url) as books:
        app = build_app(settings, books)
        await terminal.show(app.figures, period, csv, png, chart.draw)
        if send:
            await terminal.send(app.figures, desks_of(settings))


@cli.command()
def staff(
    person: Annotated[str | None, typer.Argument(help="номер людини в Telegram; без нього — усі")] = None,
    role: Annotated[Role, typer.Option(help="watcher лише читає, agent відповідає й натискає")] = Role.AGENT,
) -> None:
    """Люди з груп працівників: хто що може. З номером — надати роль."""
    from bot.db.ready import opened
    from handlers.terminal import staff as terminal

    async def work() -> None:
        async with opened(_settings().database_url) as books:
            said = [await terminal.set_role(books, person, role)] if person else await terminal.members(books)
            typer.echo("\n".join(said))

    _go(work())


@cli.command()
def audit(
    since: Annotated[datetime | None, typer.Option(help="відтоді, за Києвом: 2026-11-27; без нього — тиждень")] = None,
    who: Annotated[str, typer.Option(help="частина імені або номер людини")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 200,
) -> None:
    """Журнал дій працівників: хто, що, коли, щодо кого й чим скінчилося."""
    from datetime import timedelta

    from bot.db.ready import opened
    from bot.i18n import KYIV
    from handlers.terminal import staff as terminal

    async def work() -> None:
        begin = since.replace(tzinfo=KYIV) if since else utc_now() - timedelta(days=7)
        async with opened(_settings().database_url) as books:
            typer.echo("\n".join(await terminal.log(books, begin, limit, who)))

    _go(work())


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
    from handlers.terminal import price_list

    url, read = _settings().database_url, partial(_price_list, columns=columns or [])
    _go(price_list.take_in(url, files, read, utc_now, full=full, dry_run=dry_run, table=pictures))


def _price_list(files: Sequence[Path], columns: list[str]) -> "Records":
    """The records of the files; of a table, after showing which column was taken for what."""
    from integrations import spreadsheet
    from integrations.onec import commerceml

    if all(commerceml.looks_like(file) for file in files):
        return commerceml.read(list(files))
    if any("=" not in column for column in columns):
        raise CannotStart("--map приймає ПОЛЕ=КОЛОНКА, наприклад --map price:Оптова=E")
    plan = spreadsheet.plan(list(files), dict(column.split("=", 1) for column in columns))
    for layout in plan.layouts:
        print(f"{layout.file} {layout.sheet}: заголовок у рядку {layout.header_line}", file=sys.stderr)  # noqa: T201
        for column in layout.columns:
            print(f"  {column.letter}  {column.header} → {column.field} {column.price_type}".rstrip(), file=sys.stderr)  # noqa: T201
    return plan.records()


@cli.command()
def clients(
    file: Path, with_history: Annotated[bool, typer.Option(help="записати й колишні замовлення з файла")] = False
) -> None:
    """Клієнти, їхні точки доставки й люди з файла JSON (доки їх не дає 1С)."""
    _go(_clients(_settings(), file, with_history))


async def _clients(settings: Settings, file: Path, with_history: bool) -> None:
    from bot.db.ready import opened
    from handlers.terminal import clients as terminal
    from handlers.terminal.files import require_files
    from integrations import clients_file

    require_files([file])
    try:
        records, orders = clients_file.read(file)
    except clients_file.BrokenClients as error:
        raise CannotStart(str(error)) from error
    async with opened(settings.database_url) as books:
        past = orders if with_history else []
        await terminal.take_in(books, records, past, delivery_rules(settings), utc_now)


@cli.command()
def invite(
    phone: Annotated[str | None, typer.Argument(help="телефон однієї людини")] = None,
    sheet: Annotated[
        Path | None, typer.Option(help="новий PDF: картки з QR-кодами для всіх, хто ще не ввійшов")
    ] = None,
    client: Annotated[
        list[str] | None, typer.Option(help="лише люди цього клієнта: код у 1С, ЄДРПОУ чи РНОКПП; можна кілька")
    ] = None,
) -> None:
    """Одноразове особисте посилання для людини клієнта за її телефоном або аркуш QR-кодів для багатьох."""
    if (phone is None) == (sheet is None) or (phone and client):
        _stop("Назвіть телефон (main.py invite 0671234567) або аркуш (main.py invite --sheet qr.pdf --client КОД).")
    _go(_invite_by_sheet(_settings(), sheet, client or []) if sheet else _invite(_settings(), phone or ""))


async def _invite(settings: Settings, phone: str) -> None:
    from handlers.terminal import clients, invitations

    async with _inviting(settings) as (books, messengers):
        person = await clients.person_with(books, phone)
        token = await build_app(settings, books).joining.invite(person)
        for messenger in messengers:
            await invitations.show_link(messenger, token)


async def _invite_by_sheet(settings: Settings, target: Path, codes: Sequence[str]) -> None:
    from bot.services.directory import Directory
    from handlers.terminal import invitations
    from integrations import paper

    async with _inviting(settings) as (books, messengers):
        joining = build_app(settings, books).joining
        await invitations.print_sheet(
            Directory(books), joining, messengers, settings.company.name, codes, target, paper.draw_invitations
        )


@asynccontextmanager
async def _inviting(settings: Settings) -> AsyncIterator[tuple["Books", list[Any]]]:
    """The books and the messengers that are set up, to ask for links only."""
    import httpx

    from bot.db.ready import opened

    chosen = telegram_settings(settings), viber_settings(settings)
    async with opened(settings.database_url) as books, httpx.AsyncClient() as http, AsyncExitStack() as stack:
        messengers = [one for one in connect(chosen, None, http) if one]
        for messenger in messengers:
            stack.push_async_callback(messenger.stop)
        yield books, messengers


@asynccontextmanager
async def _campaigning(chats: bool) -> "AsyncIterator[App]":
    """The services, and where `chats` are wanted all that are set up, to invite people into. Raises CannotStart."""
    import httpx

    from bot.db.ready import opened

    settings = _settings()
    async with AsyncExitStack() as stack:
        books = await stack.enter_async_context(opened(settings.database_url))
        http = await stack.enter_async_context(httpx.AsyncClient())
        chosen = (telegram_settings(settings), viber_settings(settings)) if chats else (None, None)
        messengers = [one for one in connect(chosen, None, http) if one]
        for one in messengers:
            stack.push_async_callback(one.stop)
        app = build_app(settings, books, sms=sms_of(settings, http), mail=mail_of(settings))
        app.invitations.chats.connect(messengers)
        yield app


cli.add_typer(invites.commands(_campaigning), name="invites")
cli.add_typer(mailings.commands(_campaigning), name="mailings")
cli.add_typer(ladder.commands(partial(_campaigning, False)), name="ladder")
cli.add_typer(templates.commands(partial(_campaigning, False)), name="templates")


@cli.command()
def sandbox(name: str, port: Annotated[int, typer.Option(min=0, max=65535)] = 0) -> None:
    """Одна сусідня система окремо: telegram, viber, atompark, turbosms, mail, wayforpay, onec, bank, vchasno."""
    _go(_sandbox(name, port, _settings()))


async def _sandbox(name: str, port: int, settings: Settings) -> None:
    from sandbox.listening import PortTaken, listening
    from sandbox.registry import sandboxes

    known = sandboxes(config.keys(settings))
    if name not in known:
        raise CannotStart(f"Немає пісочниці {name}; є: {', '.join(known)}")
    app = known[name].make()
    try:
        async with listening(app, port) as bound:
            print(f"ready {known[name].told(app, bound)}", flush=True)  # noqa: T201
            await until_told()
    except PortTaken as error:
        raise CannotStart(f"Порт {port} зайнятий ({error}). Оберіть інший: --port 8090") from error


@cli.command()
def demo(
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535)] = 8080,
    topics: Annotated[bool, typer.Option(help="група менеджерів із темами або звичайна")] = True,
) -> None:
    """Демонстраційна гуртівня з усіма сусідніми системами на одній сторінці."""
    _go(_demo(port, topics))


async def _demo(port: int, topics: bool) -> None:
    from sandbox.demo import GROUPS, PLAIN_GROUPS
    from sandbox.demo.keeper import ProductFailed
    from sandbox.demo.play import play
    from sandbox.listening import PortTaken

    groups = GROUPS if topics else PLAIN_GROUPS
    try:
        await play([sys.executable, str(HERE / "main.py")], port, HERE / "var" / "demo", groups)
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


def _stop(words: str) -> NoReturn:
    print(words, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1)


if __name__ == "__main__":
    cli()
