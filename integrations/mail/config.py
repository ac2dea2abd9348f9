"""Settings of the mail account: where letters are handed over, from whom they are, where those that return lie."""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from integrations.mail.addresses import is_address

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"smtp": 587, "smtps": 465, "pop3": 110, "pop3s": 995}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Server:
    """A place to call; `tls` from the first byte. `path` is what stands behind the port."""

    host: str
    port: int
    tls: bool
    user: str = field(repr=False)
    password: str = field(repr=False)
    path: str = ""

    @property
    def is_loopback(self) -> bool:
        return self.host in _LOOPBACK

    @classmethod
    def of(cls, url: str, scheme: str) -> "Server":
        """From `scheme://user:password@host:port/path`, or the same with `s` for TLS. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in (scheme, f"{scheme}s") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"an address such as {scheme}s://user:password@host is needed")
        user, password = _credentials(parts)
        port = parts.port or _PORTS[parts.scheme]
        return cls(parts.hostname, port, parts.scheme == f"{scheme}s", user, password, unquote(parts.path).strip("/"))


class MailSettings(BaseModel):
    """`url` is smtps://…, or smtp://… which is raised to TLS by STARTTLS and plain on this machine alone.

    `sender` is an address, or a name with one in angle brackets; `name` is used where it has none. `bounces` is
    pop3s://user:password@host/return-address, empty where nobody looks; without the address in it the user's name is
    the return address if it is one, and `sender` if not.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    url: SecretStr
    sender: str = Field(alias="from", max_length=320)
    bounces: SecretStr = SecretStr("")
    reply_to: str = Field(default="", max_length=254)
    name: str = Field(default="", max_length=100)

    @field_validator("url")
    @classmethod
    def _smtp(cls, url: SecretStr) -> SecretStr:
        if Server.of(url.get_secret_value(), "smtp").path:
            raise ValueError("nothing follows the port")
        return url

    @field_validator("bounces")
    @classmethod
    def _pop3(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            server = Server.of(url.get_secret_value(), "pop3")
            if not (server.tls or server.is_loopback):
                raise ValueError("letters are read by pop3s")
            if not server.user or (server.path and not is_address(server.path)):
                raise ValueError("a user and a password are needed, and behind the port an address or nothing")
        return url

    @field_validator("sender")
    @classmethod
    def _from_somebody(cls, sender: str) -> str:
        if not is_address(_named(sender)[1]):
            raise ValueError("an address, or a name with an address in angle brackets")
        return sender

    @field_validator("reply_to")
    @classmethod
    def _answered_somewhere(cls, address: str) -> str:
        if address and not is_address(address):
            raise ValueError("an address")
        return address

    @property
    def server(self) -> Server:
        return Server.of(self.url.get_secret_value(), "smtp")

    @property
    def mailbox(self) -> Server | None:
        """Where letters that came back lie."""
        url = self.bounces.get_secret_value()
        return Server.of(url, "pop3") if url else None

    @property
    def display_name(self) -> str:
        return _named(self.sender)[0] or self.name

    @property
    def address(self) -> str:
        return _named(self.sender)[1]

    @property
    def return_path(self) -> str:
        """Where a server sends a letter that it could not deliver."""
        mailbox = self.mailbox
        for address in (mailbox.path, mailbox.user) if mailbox else ():
            if is_address(address):
                return address
        return self.address


def _named(sender: str) -> tuple[str, str]:
    """Name and address: the name of a company has commas and quotes, and nobody escapes them."""
    name, bracket, address = sender.strip().rpartition("<")
    if not bracket or not address.endswith(">"):
        return "", sender.strip()
    name = name.strip()
    is_quoted = name.count('"') == 2 and name[0] == name[-1] == '"'
    return name[1:-1] if is_quoted else name, address[:-1].strip()


def _credentials(parts: SplitResult) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password) or _CONTROL.search(user + password):
        raise ValueError("a user goes with a password")
    return user, password
