"""The frame of the payer's pages, and the page that says why there is nothing to pay."""

from html import escape

from aiohttp import web

from sandbox.wayforpay.refusal import Refused

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)
FRAME = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><link rel="stylesheet" href="{root}/assets/pay.css">{head}</head>
<body><main>{body}<p class="where">Пісочниця WayForPay: гроші тут несправжні.</p></main></body></html>"""


def root_of(request: web.Request) -> str:
    """The path under which the application is mounted."""
    return request.app.router["api"].url_for().path.removesuffix("/api")


def address_of(request: web.Request) -> str:
    """The address under which this application answers a browser, as the caller sees it."""
    return f"{request.url.origin()}{root_of(request)}"


def framed(title: str, body: str, *, root: str, head: str = "", status: int = 200) -> web.Response:
    """`body` and `head` are HTML; `title` is text."""
    page = FRAME.format(title=escape(title), body=body, root=escape(root), head=head)
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin",
    }
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)


def refusal(refused: Refused, root: str) -> web.Response:
    """The gateway's page for a purchase it does not take."""
    body = (
        "<h1>Оплату не розпочато</h1><p>Магазин надіслав запит, якого платіжна система не прийняла. "
        "Поверніться до магазину й спробуйте ще раз.</p>"
        f"<p class='code'>{escape(refused.reason)} ({refused.code})</p>"
    )
    return framed("Оплату не розпочато", body, root=root)
