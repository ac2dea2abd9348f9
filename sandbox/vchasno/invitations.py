"""The ways to a document for who has no account: a session of one person, a public link."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

SESSION_LASTS = timedelta(days=30)


@dataclass(slots=True, eq=False)
class Session:
    """One person of one company at one document; whoever has `token` is taken for that person."""

    id: str
    token: str
    document_id: str
    edrpou: str
    email: str
    kind: Literal["view_session", "sign_session"]
    on_finish_url: str
    on_cancel_url: str
    until: datetime
    status: str = "new"

    def view(self, base: str, document_status: int) -> dict[str, Any]:
        return {
            "id": self.id,
            "url": f"{base}/sign-sessions/{self.token}",
            "status": self.status,
            "type": self.kind,
            "document_id": self.document_id,
            "document_status": document_status,
            "edrpou": self.edrpou,
            "email": self.email,
            "role_id": None,
            "vendor": "integration",
            "is_legal": len(self.edrpou) == 8,
            "on_finish_url": self.on_finish_url or None,
            "on_cancel_url": self.on_cancel_url or None,
            "on_document_sign_hook": None,
            "on_document_reject_hook": None,
            "on_document_view_hook": None,
            "on_document_comment_hook": None,
        }


@dataclass(slots=True, eq=False)
class SharedLink:
    """A link for anybody to a document without a recipient."""

    id: str
    token: str
    document_id: str
    kind: Literal["view", "sign"]
    until: datetime
    is_single: bool
    edrpou: str = ""
    email: str = ""
    is_active: bool = True

    def view(self, base: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "link": f"{base}/shared/{self.token}",
            "document_id": self.document_id,
            "type": self.kind,
            "date_expired": self.until.isoformat(),
            "is_single_use_link": self.is_single,
            "recipient_edrpou": self.edrpou or None,
            "recipient_email": self.email or None,
            "is_active": self.is_active,
        }
