"""Why the service does not do what was asked, in the form of its errors."""

from collections.abc import Mapping
from types import MappingProxyType

OPEN: Mapping[str, object] = MappingProxyType({})


class Refused(Exception):
    """Answered as `{"code", "reason", "details"}` with the status."""

    def __init__(
        self, reason: str, *, status: int = 400, code: str = "invalid_request", details: Mapping[str, object] = OPEN
    ) -> None:
        super().__init__(reason)
        self.status, self.code, self.reason, self.details = status, code, reason, dict(details)

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "reason": self.reason, "details": self.details}


def not_found(what: str = "Документ не знайдено") -> Refused:
    """Unknown and somebody else's look alike; the service names no code."""
    return Refused(what, status=404, code="")


def login_required() -> Refused:
    return Refused("Потрібна авторизація", status=403, code="login_required")


def access_denied() -> Refused:
    return Refused("Доступ до API відкриває тариф «Інтеграція»", status=403, code="access_denied")


def too_many() -> Refused:
    return Refused("Забагато запитів", status=429, code="too_many_requests")


def over_quota() -> Refused:
    return Refused("Вичерпано кількість документів за тарифом", code="rate_upload_overlimit")
