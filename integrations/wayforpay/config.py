"""Settings of the merchant's account at WayForPay."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

ADDRESS_LIMIT = 256
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class WayForPaySettings(BaseModel):
    """Keys from the cabinet and the domain registered there.

    `callback_url` is where the gateway tells what became of a payment and `return_url` where it sends the payer's
    browser; empty is not sent. `hold` makes the page hold the sum until it is settled; an invoice always takes it.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    account: str = Field(pattern=r"^[^;\s]{1,100}$")
    secret: SecretStr = Field(min_length=1)
    domain: str = Field(pattern=r"^[^;\s]{1,255}$")
    api_url: str = "https://api.wayforpay.com/api"
    pay_url: str = "https://secure.wayforpay.com/pay"
    callback_url: str = ""
    return_url: str = ""
    hold: bool = False

    @field_validator("api_url", "pay_url")
    @classmethod
    def _reads_no_secret_aloud(cls, url: str) -> str:
        if not _is_private(url) or urlsplit(url).query:
            raise ValueError("the gateway's address must be https and have no parameters")
        return url.rstrip("/")

    @field_validator("callback_url", "return_url")
    @classmethod
    def _short(cls, url: str) -> str:
        if url and not _is_private(url):
            raise ValueError("our address must be https")
        if len(url) > ADDRESS_LIMIT:
            raise ValueError(f"the gateway takes addresses of {ADDRESS_LIMIT} characters at most")
        return url

    @property
    def origin(self) -> str:
        """Scheme and host of the gateway's pages."""
        parts = urlsplit(self.pay_url)
        return f"{parts.scheme}://{parts.netloc}"

    def is_page(self, url: str) -> bool:
        """Whether an address in an answer is one of the gateway's own pages."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == self.origin:
            return True
        return parts.scheme == "https" and parts.netloc.endswith(".wayforpay.com")


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
