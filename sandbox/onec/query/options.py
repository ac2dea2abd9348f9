"""The query string: options of the interface, read as the program reads them."""

from dataclasses import dataclass, field
from urllib.parse import unquote

from sandbox.onec.errors import ODataError, bad_query, exception

JSON, ATOM = "json", "atom"
LEVELS = ("nometadata", "minimalmetadata", "fullmetadata")


@dataclass(frozen=True, slots=True)
class Options:
    """`level` is how much metadata the JSON carries; `given` are all parameters by their names."""

    given: dict[str, str] = field(default_factory=dict)
    format: str = ATOM
    level: str = "minimalmetadata"

    @property
    def filter(self) -> str:
        return self.given.get("$filter", "").strip()

    @property
    def select(self) -> str:
        return self.given.get("$select", "").strip()

    @property
    def orderby(self) -> str:
        return self.given.get("$orderby", "").strip()

    @property
    def expand(self) -> str:
        return self.given.get("$expand", "").strip()

    @property
    def top(self) -> int | None:
        return self._whole("$top")

    @property
    def skip(self) -> int:
        return self._whole("$skip") or 0

    @property
    def counted(self) -> bool:
        return self.given.get("$inlinecount") == "allpages"

    @property
    def allowed_only(self) -> bool:
        return self.given.get("allowedOnly", "").lower() == "true"

    def _whole(self, name: str) -> int | None:
        text = self.given.get(name)
        if text is None:
            return None
        if not text.isdecimal() or len(text) > 12:
            raise bad_query(name, "ожидается целое неотрицательное число")
        return int(text)


def read_options(raw_query: str, accept: str) -> Options:
    """From the query as it was sent, percent-encoded. A space sent as + breaks the program. Raises ODataError."""
    if "+" in raw_query:
        raise exception("Ошибка разбора параметров запроса")
    given: dict[str, str] = {}
    for part in raw_query.split("&"):
        name, _, value = part.partition("=")
        if name:
            given[unquote(name)] = unquote(value)
    wanted = given.get("$format", accept)
    return Options(given, *_format(wanted, strict="$format" in given))


def _format(wanted: str, strict: bool) -> tuple[str, str]:
    kind, _, rest = wanted.partition(";")
    kind = kind.strip().lower()
    if kind in ("json", "application/json"):
        levels = [one.partition("=")[2].strip() for one in rest.split(";") if one.strip().startswith("odata=")]
        level = levels[0] if levels else "minimalmetadata"
        if level in LEVELS:
            return JSON, level
    elif kind in ("atom", "application/atom+xml", "xml", "application/xml") or not strict:
        return (JSON, "minimalmetadata") if "application/json" in wanted else (ATOM, "minimalmetadata")
    raise ODataError(400, 0, f'Формат "{wanted[:100]}" не поддерживается.')
