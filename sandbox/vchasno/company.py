"""Companies: who is a client of the service, and who signs for it."""

import hashlib
import re
from dataclasses import dataclass

CODE = re.compile(r"\d{8,10}|[A-ZА-ЯІЇЄҐ]{2}\d{6}")
"""EDRPOU, RNOKPP, the number of an ID card, a series and number of an old passport."""
SIGNERS = ("Коваль Олена Петрівна", "Шевчук Андрій Іванович", "Лисенко Ірина Олегівна", "Бондар Ігор Васильович")


@dataclass(slots=True)
class Company:
    """A legal entity or a person in business; `signer` is surname first, `signer_code` their own RNOKPP."""

    edrpou: str
    name: str = ""
    registered: bool = False
    email: str = ""
    signer: str = ""
    position: str = "директор"
    signer_code: str = ""

    def __post_init__(self) -> None:
        drawn = int.from_bytes(hashlib.sha256(self.edrpou.encode()).digest()[:8], "big")
        self.signer = self.signer or SIGNERS[drawn % len(SIGNERS)]
        if not self.signer_code:
            self.signer_code = self.edrpou if self.is_person else f"{2_400_000_000 + drawn % 900_000_000}"

    @property
    def is_person(self) -> bool:
        """Signs with a certificate of their own, which names no company."""
        return not (self.edrpou.isdecimal() and len(self.edrpou) == 8)

    def view(self) -> dict[str, object]:
        return {
            "edrpou": self.edrpou,
            "name": self.name,
            "registered": self.registered,
            "email": self.email,
            "signer": self.signer,
            "position": self.position,
        }
