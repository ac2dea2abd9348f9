"""The pay page over real HTTP: what every state shows, where the button leads, who is kept out."""

import base64
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import httpx
import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, NotFound, Refused, Rejected, Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.payment import Payee, PayLine, PayState
from bot.domain.promotion import Applies, Off
from tests.integration.pay.desk import TOKEN, UNPAID, Shop, open_shop
from tests.unit.pay.decoding import lines_of, read_svg

BUTTON = "Оплатити карткою, Google Pay, Apple Pay"
OTHER = "another-good-token-of-22"


class _Seen(HTMLParser):
    """What a person reads, in order; spaces that do not break are spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(html: str) -> str:
    reader = _Seen()
    reader.feed(html.partition("<body")[2])
    return " ".join(" ".join(reader.words).split())


async def test_an_unpaid_link_says_who_how_much_what_for_and_until_when(shop: Shop, http: httpx.AsyncClient) -> None:
    answer = await http.get(shop.link)
    words = seen(answer.text)
    assert answer.status_code == 200
    assert "До сплати 12 345,50 грн Отримувач ТОВ «Смачна гуртівня» За що Оплата за замовлення № К-000123" in words
    assert "Замовлення К-000123 Платник Кав’ярня «Ранкова кава» <Поділ> Посилання діє ще 2 дні" in words
    assert f"до 25.11 17:00 за Києвом. {BUTTON}" in words
    assert "Замовлення К-000123 від 23.11 12 000,00 грн Борг за видатковою 871 345,50 грн" in words
    assert "IBAN UA723220010000026002360009669 Копіювати Код ЄДРПОУ 32855961 Копіювати Сума" in words
    assert "&lt;Поділ&gt;" in answer.text
    assert shop.desk.asked == [TOKEN]


async def test_paying_by_card_is_cheaper_and_a_transfer_is_of_the_whole_sum(
    shop: Shop, http: httpx.AsyncClient
) -> None:
    off = Off("online_payment", Applies.ONLINE_PAYMENT, Decimal(2), Money.of("246.91"), date(2026, 12, 27))
    shop.desk.links[TOKEN] = replace(UNPAID, offer=off)
    words = seen((await http.get(shop.link)).text)
    assert "До сплати 12 098,59 грн Отримувач" in words
    assert "2 % знижки за оплату карткою: сплатите 12 098,59 грн замість 12 345,50 грн (до 27 грудня)." in words
    assert "Сума 12 345,50 грн" in words
    assert lines_of(read_svg((await http.get(f"{shop.link}/qr.svg")).text))[7] == "UAH12345.50"


async def test_an_offer_without_a_last_day_and_one_that_the_floor_cut(shop: Shop, http: httpx.AsyncClient) -> None:
    off = Off("online_payment", Applies.ONLINE_PAYMENT, Decimal(2), Money.of("246.91"))
    shop.desk.links[TOKEN] = replace(UNPAID, offer=off)
    words = seen((await http.get(f"{shop.link}?lang=en")).text)
    assert "2 % off for paying by card: you pay 12 098.59 UAH instead of 12 345.50 UAH." in words
    shop.desk.links[TOKEN] = replace(UNPAID, offer=replace(off, whole=False))
    words = seen((await http.get(f"{shop.link}?lang=ru")).text)
    assert "Картой дешевле: заплатите 12 098,59 грн вместо 12 345,50 грн." in words


async def test_a_discount_that_was_had_is_named_and_not_owed(shop: Shop, http: httpx.AsyncClient) -> None:
    paid = replace(UNPAID, state=PayState.PAID, paid=Money.of("12098.59"), taken_off=Money.of("246.91"))
    shop.desk.links[TOKEN] = paid
    words = seen((await http.get(shop.link)).text)
    assert "Сплачено 12 098,59 грн" in words
    assert "Знижка за оплату карткою 246,91 грн" in words
    assert paid.due == ZERO


async def test_a_link_paid_in_part_asks_for_the_rest(shop: Shop, http: httpx.AsyncClient) -> None:
    shop.desk.links[TOKEN] = replace(UNPAID, paid=Money.of("2345.50"))
    words = seen((await http.get(shop.link)).text)
    assert "До сплати 10 000,00 грн Отримувач" in words
    assert "Усього до сплати 12 345,50 грн Уже сплачено 2 345,50 грн" in words
    assert lines_of(read_svg((await http.get(f"{shop.link}/qr.svg")).text))[7] == "UAH10000.00"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PayState.UNDER_WAY, "Оплата триває 12 345,50 грн"),
        (
            PayState.PAID,
            "Сплачено 12 345,50 грн Дякуємо! За цим посиланням більше нічого сплачувати не треба. "
            "Коли сплачено 23.11 10:00 Картка 44****4444 Отримувач",
        ),
        (PayState.EXPIRED, "Строк дії посилання минув Посилання діяло до 25.11 17:00 за Києвом. За цим посиланням"),
        (PayState.REVOKED, "Посилання відкликано Замовлення змінили або сплатили в інший спосіб. За цим"),
    ],
)
async def test_a_link_that_cannot_be_paid_has_no_button_no_transfer_and_no_code(
    shop: Shop, http: httpx.AsyncClient, state: PayState, words: str
) -> None:
    paid = UNPAID.amount if state is PayState.PAID else ZERO
    paid_at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    shop.desk.links[TOKEN] = replace(UNPAID, state=state, paid=paid, paid_at=paid_at, card="44****4444")
    answer = await http.get(shop.link)
    assert answer.status_code == 200
    assert words in seen(answer.text)
    assert [word for word in ("<form", "IBAN", "<script", "qr.svg") if word in answer.text] == []
    assert (await http.get(f"{shop.link}/qr.svg")).status_code == 404


async def test_only_a_page_that_waits_for_the_bank_refreshes_itself(shop: Shop, http: httpx.AsyncClient) -> None:
    refresh = '<meta http-equiv="refresh" content="3">'
    assert refresh not in (await http.get(shop.link)).text
    shop.desk.links[TOKEN] = replace(UNPAID, state=PayState.UNDER_WAY)
    waiting = (await http.get(shop.link)).text
    assert refresh in waiting
    assert "Не сплачуйте вдруге." in seen(waiting)


async def test_an_unpaid_link_is_closed_at_its_end(shop: Shop, http: httpx.AsyncClient) -> None:
    shop.clock.moment = UNPAID.lives_until - timedelta(seconds=1)
    assert BUTTON in (await http.get(shop.link)).text
    shop.clock.moment = UNPAID.lives_until
    assert "Посилання діяло до 25.11 17:00 за Києвом." in seen((await http.get(shop.link)).text)
    assert (await http.get(f"{shop.link}/qr.svg")).status_code == 404


async def test_the_button_leads_to_the_gateway_in_the_language_of_the_page(shop: Shop, http: httpx.AsyncClient) -> None:
    page = await http.get(f"{shop.link}?lang=ru")
    (action,) = re.findall(r'<form method="post" action="([^"]+)">', page.text)
    answer = await http.post(shop.address + unescape(action))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{shop.gateway}/page?vkh=1")
    assert shop.desk.started == [(TOKEN, "ru", UNPAID.due)]


@pytest.mark.parametrize("trouble", [*map(Refused, ("paid", "expired", "revoked", "under_way")), NotFound()])
async def test_a_refused_start_leads_back_to_the_page_that_says_why(
    shop: Shop, http: httpx.AsyncClient, trouble: Exception
) -> None:
    shop.desk.trouble = trouble
    answer = await http.post(f"{shop.link}/card?lang=uk")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pay/{TOKEN}?lang=uk")


@pytest.mark.parametrize("code", ["sum_changed", "promotion_over"])
async def test_another_sum_than_was_shown_is_seen_before_it_is_paid(
    shop: Shop, http: httpx.AsyncClient, code: str
) -> None:
    shop.desk.trouble = Refused(code)
    answer = await http.post(f"{shop.link}/card?lang=uk&sum=1209859")
    words = seen(answer.text)
    assert answer.status_code == 409
    assert "Сума змінилася, поки сторінка була відкрита. Тепер це 12 345,50 грн" in words
    assert BUTTON in words
    assert f'action="/pay/{TOKEN}/card?lang=uk&amp;sum=1234550"' in answer.text


@pytest.mark.parametrize(("written", "shown"), [("", 0), ("&sum=", 0), ("&sum=-5", 0), ("&sum=1e5", 0), ("&sum=٥", 0)])
async def test_a_sum_that_nobody_saw_is_none(shop: Shop, http: httpx.AsyncClient, written: str, shown: int) -> None:
    await http.post(f"{shop.link}/card?lang=uk{written}")
    assert shop.desk.started == [(TOKEN, "uk", Money(shown))]


async def test_a_link_that_is_paid_by_now_says_so_and_not_that_the_sum_changed(
    shop: Shop, http: httpx.AsyncClient
) -> None:
    shop.desk.trouble = Refused("sum_changed")
    shop.desk.links[TOKEN] = replace(UNPAID, state=PayState.PAID, paid=UNPAID.amount)
    answer = await http.post(f"{shop.link}/card?lang=uk&sum=1209859")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pay/{TOKEN}?lang=uk")


@pytest.mark.parametrize("kind", [Unavailable, Rejected, Ambiguous])
async def test_a_gateway_that_is_away_leaves_the_transfer_and_another_try(
    shop: Shop, http: httpx.AsyncClient, kind: type[Unavailable | Rejected | Ambiguous]
) -> None:
    shop.desk.trouble = kind("wayforpay", "page", 502)
    answer = await http.post(f"{shop.link}/card?lang=uk")
    words = seen(answer.text)
    assert answer.status_code == 503
    assert "Оплата карткою зараз не відкривається. Гроші не списано. Спробуйте ще раз за хвилину. Або" in words
    assert "Спробувати ще раз Дані картки" in words
    assert "UA723220010000026002360009669" in words
    shop.desk.trouble = None
    assert (await http.post(f"{shop.link}/card?lang=uk")).status_code == 303


async def test_who_reloads_the_address_of_the_button_comes_back_to_the_page(
    shop: Shop, http: httpx.AsyncClient
) -> None:
    answer = await http.get(f"{shop.link}/card?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pay/{TOKEN}?lang=en")
    assert shop.desk.started == []


@pytest.mark.parametrize(
    "token", ["short", "a" * 21, "a" * 65, "a" * 21 + "%20", "а" * 22, "a" * 21 + ".", "..%2f" + "a" * 22, "a" * 3000]
)
async def test_what_is_no_token_is_not_found_and_nobody_is_asked(
    shop: Shop, http: httpx.AsyncClient, token: str
) -> None:
    answers = [await http.get(f"{shop.address}/pay/{token}{rest}") for rest in ("", "/qr.svg", "/card")]
    answers.append(await http.post(f"{shop.address}/pay/{token}/card"))
    assert [answer.status_code for answer in answers] == [404] * 4
    assert "Такого посилання немає" in seen(answers[0].text)
    assert (shop.desk.asked, shop.desk.started) == ([], [])


async def test_an_unknown_token_is_not_found_in_words(shop: Shop, http: httpx.AsyncClient) -> None:
    answer = await http.get(f"{shop.address}/pay/{OTHER}?lang=ru")
    assert (answer.status_code, shop.desk.asked) == (404, [OTHER])
    assert "Такой ссылки нет" in seen(answer.text)


@pytest.mark.parametrize(
    ("client", "asked", "language", "words"),
    [
        ("uk", "", "uk", "До сплати 12 345,50 грн"),
        ("ru", "", "ru", "К оплате 12 345,50 грн"),
        ("ru", "?lang=en", "en", "To pay 12 345.50 UAH"),
        ("en", "?lang=de", "en", "To pay 12 345.50 UAH"),
        ("uk", "?lang=%22%3E%3Cscript%3E", "uk", "До сплати 12 345,50 грн"),
    ],
)
async def test_the_page_is_in_the_clients_language_until_another_is_asked_for(
    shop: Shop, http: httpx.AsyncClient, client: str, asked: str, language: str, words: str
) -> None:
    shop.desk.links[TOKEN] = replace(UNPAID, language=client)
    html = (await http.get(shop.link + asked)).text
    assert f'<html lang="{language}">' in html
    assert f'action="/pay/{TOKEN}/card?lang={language}&amp;sum=1234550"' in html
    assert words in seen(html)


async def test_the_code_holds_the_transfer_that_the_page_shows(shop: Shop, http: httpx.AsyncClient) -> None:
    picture = await http.get(f"{shop.link}/qr.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    text = read_svg(picture.text)
    assert f'href="{text}"' in (await http.get(shop.link)).text
    assert lines_of(text)[5:12] == [
        "ТОВ «Смачна гуртівня»",
        "UA723220010000026002360009669",
        "UAH12345.50",
        "32855961",
        "",
        "",
        "Оплата за замовлення № К-000123 від 23.11.2026, у т.ч. ПДВ",
    ]


async def test_without_an_iban_there_is_the_card_alone(http: httpx.AsyncClient) -> None:
    async with open_shop(Payee("ФОП Шевчук А. І.", "")) as shop:
        html = (await http.get(shop.link)).text
        assert BUTTON in html
        assert [word for word in ("IBAN", "qr.svg", "<script") if word in html] == []
        assert (await http.get(f"{shop.link}/qr.svg")).status_code == 404


async def test_every_answer_forbids_frames_foreign_files_referrers_copies_and_robots(
    shop: Shop, http: httpx.AsyncClient
) -> None:
    shop.desk.trouble = Unavailable("wayforpay", "page")
    answers = [
        await http.get(shop.link),
        await http.get(f"{shop.link}/qr.svg"),
        await http.get(f"{shop.link}/card"),
        await http.get(f"{shop.address}/pay/none"),
        await http.post(f"{shop.link}/card"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 303, 404, 503]
    wanted = {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        f"form-action 'self' {shop.gateway}; frame-ancestors 'none'; base-uri 'none'",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert [{name: answer.headers[name] for name in wanted} for answer in answers] == [wanted] * 5
    assert '<meta name="robots" content="noindex, nofollow">' in answers[0].text


async def test_the_page_is_light_and_asks_nobody_else(shop: Shop, http: httpx.AsyncClient) -> None:
    many = tuple(PayLine(f"Товар із дуже довгою назвою, номер {n}", Money.of(1000 + n)) for n in range(200))
    long_purpose = "Оплата за товар згідно з договором № 15/26, " * 10
    shop.desk.links[TOKEN] = replace(UNPAID, items=many, purpose=long_purpose)
    html = (await http.get(shop.link)).text
    files = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    assert [file.partition("?")[0] for file in files] == [
        "/pay/files/pay.css",
        "/pay/files/copy.js",
        f"/pay/{TOKEN}/qr.svg",
    ]
    answers = [await http.get(shop.address + file) for file in files]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert sum(len(answer.content) for answer in answers) + len(html.encode()) < 50_000
    assert re.findall(r"https?://(?!bank\.gov\.ua/qr/)[^\"]*", html + answers[0].text + answers[1].text) == []


async def test_style_and_script_may_be_kept_and_other_files_are_not_given(shop: Shop, http: httpx.AsyncClient) -> None:
    style = await http.get(f"{shop.address}/pay/files/pay.css")
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    others = [await http.get(f"{shop.address}/pay/files/{name}") for name in ("page.html", "..%2froutes.py", "x")]
    assert [answer.status_code for answer in others] == [404] * 3


async def test_one_address_knocks_so_often_and_is_told_to_wait(shop: Shop, http: httpx.AsyncClient) -> None:
    statuses = [(await http.get(f"{shop.address}/pay/none")).status_code for _ in range(301)]
    assert (set(statuses[:300]), statuses[300]) == ({404}, 429)
    waiting = await http.get(shop.link)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "60")
    assert "Зачекайте хвилину й відкрийте посилання ще раз." in seen(waiting.text)
    assert shop.desk.asked == []
    neighbour = await http.get(shop.link, headers={"X-Forwarded-For": "203.0.113.9"})
    assert neighbour.status_code == 200
    shop.clock.moment += timedelta(minutes=1)
    assert (await http.get(shop.link)).status_code == 200


async def test_who_guesses_links_has_to_wait_and_the_log_has_no_token(
    shop: Shop, http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    guesses = [f"guessed-token-of-22-{number:03}" for number in range(40)]
    with capture_logs() as told:
        statuses = [(await http.get(f"{shop.address}/pay/{guess}")).status_code for guess in guesses]
    assert statuses == [404] * 30 + [429] * 10
    assert shop.desk.asked == guesses[:30]
    assert [line["event"] for line in told] == ["pay page: links are guessed"]
    assert [guess for guess in guesses if guess in f"{told}{caplog.text}"] == []
    assert (await http.get(shop.link)).status_code == 429
    assert (await http.get(shop.link, headers={"X-Forwarded-For": "203.0.113.9"})).status_code == 200
    shop.clock.moment += timedelta(minutes=1)
    assert (await http.get(shop.link)).status_code == 200


async def test_one_link_is_opened_so_often_wherever_from(shop: Shop, http: httpx.AsyncClient) -> None:
    answers = [
        await http.get(shop.link, headers={"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(1, 122)
    ]
    assert {answer.status_code for answer in answers[:120]} == {200}
    assert answers[120].status_code == 429
    assert (await http.get(f"{shop.address}/pay/{OTHER}")).status_code == 404


async def test_one_link_starts_ten_payments_a_minute(shop: Shop, http: httpx.AsyncClient) -> None:
    statuses = [(await http.post(f"{shop.link}/card")).status_code for _ in range(11)]
    assert statuses == [303] * 10 + [429]
    assert len(shop.desk.started) == 10
    assert (await http.get(shop.link)).status_code == 200


async def test_a_fault_of_ours_is_words_on_the_page_and_a_line_without_the_token(
    shop: Shop, http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    shop.desk.trouble = RuntimeError(f"no table for {TOKEN}")
    with capture_logs() as told:
        answer = await http.post(f"{shop.link}/card?lang=uk")
        shop.desk.trouble = Unavailable("wayforpay", "page", 502)
        await http.post(f"{shop.link}/card?lang=uk")
    assert answer.status_code == 500
    assert "Сторінка не відкрилася У нас щось зламалося." in seen(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert [line["event"] for line in told] == ["pay page failed", "pay page: gateway is away"]
    assert (told[0]["error"], told[1]["code"]) == ("RuntimeError", 502)
    assert TOKEN not in f"{told}{caplog.text}"


def test_the_token_of_these_tests_is_of_128_bits() -> None:
    assert len(base64.urlsafe_b64decode(TOKEN + "==")) == 16
