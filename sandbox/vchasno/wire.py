"""The service's side of the wire: who is let in, how fast, with what trouble, and how refusals look."""

import asyncio
import hmac
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ValidationError

from sandbox.vchasno.faults import ANSWERS, Fault
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused, access_denied, login_required, not_found, too_many
from sandbox.vchasno.uploading import wrong

WITHOUT_TARIFF = frozenset({"trial"})
SECOND = 1.0
M = TypeVar("M", bound=BaseModel)


class Wire:
    """The middleware of the API; `pace` gives monotonic seconds."""

    def __init__(self, office: Office, address: Callable[[web.Request], str], pace: Callable[[], float]) -> None:
        self._office, self._address, self._pace = office, address, pace
        self._recent: deque[float] = deque()

    def middleware(self) -> Any:
        @web.middleware
        async def through(request: web.Request, handler: Handler) -> web.StreamResponse:
            call = request.match_info.route.name or ""
            response = await self._answered(request, handler, call)
            self._office.calls.append(
                {
                    "at": self._office.clock.time(),
                    "call": call,
                    "method": request.method,
                    "path": request.path_qs[:500],
                    "status": response.status,
                }
            )
            return response

        return through

    async def _answered(self, request: web.Request, handler: Handler, call: str) -> web.StreamResponse:
        office = self._office
        office.base = self._address(request)
        fault = office.faults.take(*ANSWERS, call=call)
        try:
            if (spoilt := await _spoilt(fault, request)) is not None:
                return spoilt
            self._let_in(request, call)
            response = await handler(request)
        except Refused as refused:
            headers = {"Retry-After": "1"} if refused.status == 429 else {}
            return web.json_response(refused.as_json(), status=refused.status, headers=headers)
        except web.HTTPNotFound:
            return web.json_response(not_found("Немає такого методу").as_json(), status=404)
        except web.HTTPMethodNotAllowed:
            return web.json_response({"code": "", "reason": "Метод не дозволено", "details": {}}, status=405)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "lost_answer":
            _hang_up(request)
        return response

    def _let_in(self, request: web.Request, call: str) -> None:
        """The bare token and nothing around it. Raises Refused."""
        known, given = self._office.token.encode(), request.headers.get("Authorization", "")
        if not known or not hmac.compare_digest(given.encode(errors="replace"), known):
            raise login_required()
        if not self._office.tariff.integration and call not in WITHOUT_TARIFF:
            raise access_denied()
        self._count()

    def _count(self) -> None:
        rate, now = self._office.settings.rate, self._pace()
        while self._recent and self._recent[0] <= now - SECOND:
            self._recent.popleft()
        if rate and len(self._recent) >= rate:
            raise too_many()
        self._recent.append(now)


async def _spoilt(fault: Fault | None, request: web.Request) -> web.Response | None:
    """What comes instead of an answer. Raises Refused."""
    kind = fault.kind if fault else ""
    if fault and kind == "unanswered":
        await asyncio.sleep(fault.seconds)
        _hang_up(request)
        return web.Response(status=504)
    if fault and kind == "too_many":
        return web.json_response(
            too_many().as_json(), status=429, headers={"Retry-After": str(max(1, round(fault.seconds)))}
        )
    if fault and kind == "server_error":
        return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
    if kind == "html":
        return web.Response(text="<html>Технічні роботи</html>", content_type="text/html")
    if kind == "access_denied":
        raise access_denied()
    if kind == "login_required":
        raise login_required()
    if kind == "refused":
        raise Refused("Помилка валідації")
    return None


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def asked(request: web.Request, model: type[M]) -> M:
    """The JSON of a request, DELETE's too. Raises Refused."""
    try:
        return model.model_validate_json(await request.text() or "{}")
    except ValidationError as error:
        raise wrong(error) from None
    except (UnicodeDecodeError, LookupError):
        raise Refused("Тіло запиту не читається") from None


def nothing(status: int = 200) -> web.Response:
    """Done, without a body; the service calls it JSON all the same."""
    return web.Response(status=status, body=b"", content_type="application/json")
