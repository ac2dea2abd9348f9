"""Cards and wallets that the sandbox knows, each with its fate."""

from dataclasses import dataclass

APPROVE, THREE_DS, HOLD, PROCESS, REVIEW = "approve", "threeds", "held", "processing", "pending"


@dataclass(frozen=True, slots=True)
class Card:
    """A card by its whole number; `code` is the reason when its bank says no."""

    kind: str
    number: str
    about: str
    bank: str = "Тестбанк"
    code: int = 0

    @property
    def mask(self) -> str:
        return f"{self.number[:2]}****{self.number[-4:]}"

    @property
    def brand(self) -> str:
        return "Visa" if self.number.startswith("4") else "MasterCard"

    @property
    def grouped(self) -> str:
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


CARDS = {
    card.kind: card
    for card in (
        Card(APPROVE, "4444555511116666", "оплата проходить"),
        Card("lack", "4444555511111006", "на рахунку бракує коштів", code=1104),
        Card("bank", "5375411100000004", "банк відмовляє", "Банк «Ні»", code=1101),
        Card(THREE_DS, "4444555511113002", "банк просить підтвердження 3-D Secure"),
        Card(HOLD, "5375411100004006", "кошти лише блокуються"),
        Card(PROCESS, "4444555511115007", "оплата лишається в обробці"),
        Card(REVIEW, "4444555511116104", "оплату перевіряють на шахрайство"),
    )
}
WALLETS = {"googlePay": "Google Pay", "applePay": "Apple Pay"}
_BY_NUMBER = {card.number: card for card in CARDS.values()}


def known(number: str) -> Card | None:
    """The test card of this number, however it is spaced."""
    return _BY_NUMBER.get("".join(sign for sign in number if not sign.isspace() and sign != "-"))
