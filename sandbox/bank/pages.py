"""What the account's holder opens: the statement as a file, and the panel's own files."""

from datetime import date
from pathlib import Path

from aiohttp import web

from sandbox.bank import statement as forms
from sandbox.bank.ledger import Ledger

STATIC = Path(__file__).parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
TYPES = {".js": "text/javascript", ".css": "text/css"}
ENCODINGS = ("windows-1251", "utf-8", "utf-8-sig")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page_routes(ledger: Ledger) -> list[web.RouteDef]:
    """Addressed relative to each other, so that they work under a folder too."""
    pages = _Pages(ledger)
    return [web.get("/statement.{form:csv|xlsx|txt|xml}", pages.statement), web.get("/assets/{name}", asset)]


async def asset(request: web.Request) -> web.Response:
    """A script or a style, by its exact name only."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)


class _Pages:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def statement(self, request: web.Request) -> web.Response:
        """?from=&to= (today), ?encoding=windows-1251|utf-8|utf-8-sig, ?sums=one|two for the tables."""
        today, asked = self._ledger.moment().date(), request.query
        first, last = _day(asked.get("from"), today), _day(asked.get("to"), today)
        encoding = asked.get("encoding", ENCODINGS[0])
        if encoding not in ENCODINGS or first > last:
            raise web.HTTPBadRequest(text=f"encoding: one of {', '.join(ENCODINGS)}; from is not after to")
        made = forms.Statement(
            self._ledger.own, first, last, self._ledger.moment(), self._ledger.balance(first),
            self._ledger.between(first, last),
        )  # fmt: skip
        columns = forms.TWO_SUMS if asked.get("sums") == "two" else forms.ONE_SUM
        form = request.match_info["form"]
        match form:
            case "csv":
                body, kind = forms.as_csv(made, encoding, columns), "text/csv"
            case "xlsx":
                body, kind = forms.as_xlsx(made, columns), XLSX
            case "txt":
                body, kind = forms.as_text(made, encoding), "text/plain"
            case _:
                body, kind = forms.as_xml(made, encoding.removesuffix("-sig")), "application/xml"
        name = f'attachment; filename="statement_{first}_{last}.{form}"'
        return web.Response(body=body, content_type=kind, headers={"Content-Disposition": name})


def _day(asked: str | None, default: date) -> date:
    try:
        return date.fromisoformat(asked) if asked else default
    except ValueError:
        raise web.HTTPBadRequest(text="from, to: YYYY-MM-DD is expected") from None
