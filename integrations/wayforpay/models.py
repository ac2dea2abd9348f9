"""What the gateway says: tolerant in, since numbers come as texts, and texts as null or not at all."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel

from bot.domain.money import Money
from integrations.wayforpay.signature import MOVED, STATE, is_signed
from integrations.wayforpay.values import money, plain


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str) else ""


Text = Annotated[str, BeforeValidator(_text)]


class Answer(BaseModel):
    """An answer of the API, a row of its list, or a callback; every value is the text that was sent, or empty."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    merchant_account: Text = ""
    merchant_signature: Text = ""
    order_reference: Text = ""
    amount: Text = ""
    currency: Text = ""
    auth_code: Text = ""
    card_pan: Text = ""
    transaction_status: Text = ""
    reason: Text = ""
    reason_code: Text = ""
    created_date: Text = ""
    processing_date: Text = ""
    issuer_bank_name: Text = ""
    refund_amount: Text = ""
    fee: Text = ""
    url: Text = ""
    invoice_url: Text = ""

    @property
    def code(self) -> int | None:
        """The reason's number; some answers have the number and the words the wrong way round."""
        for said in (self.reason_code, self.reason):
            if said.isascii() and said.isdecimal() and len(said) <= 6:
                return int(said)
        return None

    @property
    def words(self) -> str:
        """The reason in the gateway's words."""
        return self.reason_code if self.reason.isdecimal() and not self.reason_code.isdecimal() else self.reason

    @property
    def sum(self) -> Money | None:
        """None where it is not said or no sum."""
        return money(self.amount, self.currency)

    def is_state_of(self, secret: str) -> bool:
        """Whether everything that matters of a state is signed."""
        as_sent = self._values(STATE)
        if is_signed(secret, as_sent, self.merchant_signature):
            return True
        as_number = self.model_copy(update={"amount": plain(self.amount)})._values(STATE)
        return as_number != as_sent and is_signed(secret, as_number, self.merchant_signature)

    def is_moved_by(self, secret: str) -> bool:
        """Whether the short answer to a movement of money is signed; it says nothing of sums."""
        return is_signed(secret, self._values(MOVED), self.merchant_signature)

    def _values(self, order: tuple[str, ...]) -> list[str]:
        said = self.model_dump(by_alias=True)
        return [said[name] for name in order]
