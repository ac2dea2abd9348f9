"""Pages for people: the client's at a document, the owner's cabinet, and the files they need."""

from html import escape
from pathlib import Path

from aiohttp import web

from sandbox.vchasno import client_pages, files
from sandbox.vchasno.acts import Acts
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused
from sandbox.vchasno.visiting import Doors, Visitor

STATIC = Path(__file__).parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
TYPES = {".js": "text/javascript", ".css": "text/css"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "object-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">{head}</head>
<body>{body}</body></html>"""
CLIENT_HEAD = '<link rel="stylesheet" href="{root}/assets/page.css">'
CABINET_HEAD = (
    '<link rel="stylesheet" href="{root}/assets/cabinet.css"><link rel="stylesheet" href="{root}/assets/window.css">'
    '<script type="module" src="{root}/assets/cabinet.js"></script>'
)
DOORS = {"app": "/app/documents/", "session": "/sign-sessions/", "public": "/shared/"}


def root_of(request: web.Request) -> str:
    """The path under which the application is mounted."""
    return request.config_dict[ROOT].router["cabinet"].url_for().path.removesuffix("/app")


def address_of(request: web.Request) -> str:
    """The address under which this application answers, as the caller sees it."""
    return f"{request.url.origin()}{root_of(request)}"


ROOT = web.AppKey("root", web.Application)


def page_routes(office: Office, acts: Acts) -> list[web.RouteDef]:
    """The three ways to a document, the cabinet, and scripts and styles."""
    pages = _Pages(office, Doors(office, acts))
    routes = [web.get("/app", pages.cabinet, name="cabinet"), web.get("/assets/{name}", asset)]
    for kind, path in DOORS.items():
        routes += [
            web.get(f"{path}{{key}}", pages.show, name=f"page_{kind}"),
            web.post(f"{path}{{key}}", pages.act, name=f"act_{kind}"),
            web.get(f"{path}{{key}}/file", pages.file, name=f"file_{kind}"),
        ]
    return routes


async def asset(request: web.Request) -> web.Response:
    """A script or a style, by its exact name only."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)


class _Pages:
    def __init__(self, office: Office, doors: Doors) -> None:
        self._office, self._doors = office, doors

    async def cabinet(self, request: web.Request) -> web.Response:
        """The owner's documents, drawn by a script over the control side."""
        root = root_of(request)
        return _framed(
            "Вчасно: пісочниця", f'<main id="cabinet" data-root="{escape(root)}"></main>', root, CABINET_HEAD
        )

    async def show(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request)
        if visitor is None:
            return _framed("Документ недоступний", f"<main>{client_pages.GONE}</main>", root_of(request), status=404)
        self._doors.opened(visitor)
        return self._page(request, visitor)

    async def act(self, request: web.Request) -> web.Response:
        """One press; a repeated one finds the document as it is by then."""
        visitor, form = self._visitor(request), await request.post()
        if visitor is None:
            return _framed("Документ недоступний", f"<main>{client_pages.GONE}</main>", root_of(request), status=404)
        said = str(form.get("text", "")).strip()[:2000]
        if not visitor.may_act:
            raise web.HTTPSeeOther(request.path)
        try:
            if form.get("do") == "reject":
                if not said:
                    raise Refused("Напишіть причину: без неї відхилити не можна")
                self._doors.reject(visitor, said)
            else:
                self._doors.sign(visitor, str(form.get("edrpou", "")).strip())
        except Refused as refused:
            return self._page(request, visitor, trouble=refused.reason, said=said, status=400)
        after = self._visitor(request)
        if after is None:
            return _framed("Підписано", "<main><h1>Підписано</h1><p>Дякуємо.</p></main>", root_of(request))
        raise web.HTTPSeeOther(request.path)

    async def file(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request)
        if visitor is None:
            raise web.HTTPNotFound
        return files.original(visitor.document, inline=True)

    def _visitor(self, request: web.Request) -> Visitor | None:
        self._office.base = address_of(request)
        kind = (request.match_info.route.name or "").rpartition("_")[2]
        return self._doors.visitor(kind, request.match_info["key"])

    def _page(
        self, request: web.Request, visitor: Visitor, *, trouble: str = "", said: str = "", status: int = 200
    ) -> web.Response:
        title, body = client_pages.page(visitor, self._office.own, f"{request.path}/file", trouble=trouble, said=said)
        return _framed(title, f"<main>{body}<p class='where'>Пісочниця «Вчасно»: підписи тут тестові.</p></main>",
                       root_of(request), status=status)  # fmt: skip


def _framed(title: str, body: str, root: str, head: str = CLIENT_HEAD, *, status: int = 200) -> web.Response:
    """`body` and `head` are HTML; `title` is text."""
    page = FRAME.format(title=escape(title), body=body, head=head.format(root=escape(root)))
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)
