"""The bot's account at Viber: its webhook, its permissions and its purse."""

import hmac
from dataclasses import dataclass, field
from typing import Any

ALWAYS_SENT = ("message", "subscribed", "unsubscribed")
OPTIONAL = ("delivered", "seen", "failed", "conversation_started")
ACCEPTED = frozenset((*ALWAYS_SENT, *OPTIONAL, "webhook", "client_status"))


@dataclass
class Account:
    """One bot: `billable` bots pay for messages out of session, others stop at the free quota of the month."""

    token: str
    name: str
    id: str = "pa:1112223334445556667"
    uri: str = "komora"
    avatar: str = ""
    webhook: str = ""
    event_types: tuple[str, ...] = ()
    send_name: bool = False
    send_photo: bool = False
    billable: bool = True
    free_quota: int = 0
    balance: int | None = None
    can_broadcast: bool = True
    callback_timeout: float = 5.0
    free_used: dict[str, int] = field(default_factory=dict)
    broadcasts: list[float] = field(default_factory=list)

    def knows(self, token: object) -> bool:
        return isinstance(token, str) and hmac.compare_digest(token.encode(errors="surrogatepass"), self.token.encode())

    def hears(self, event: str) -> bool:
        return bool(self.webhook) and event in self.event_types

    def register(self, url: str, wanted: list[str] | None) -> None:
        """Point the webhook at `url`; `wanted` None means every event, [] only those that are always sent."""
        chosen = OPTIONAL if wanted is None else [name for name in OPTIONAL if name in wanted]
        extra = [name for name in ("client_status",) if wanted is None or name in wanted]
        self.webhook = url
        self.event_types = (*ALWAYS_SENT, *chosen, *extra)

    def unregister(self) -> None:
        self.webhook, self.event_types = "", ()

    def view(self) -> dict[str, Any]:
        """What the control side shows and may change."""
        names = ("name", "uri", "avatar", "billable", "free_quota", "balance", "can_broadcast", "callback_timeout")
        shown = {name: getattr(self, name) for name in names}
        return shown | {"id": self.id, "webhook": self.webhook, "event_types": list(self.event_types)}
