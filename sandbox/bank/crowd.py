"""A day of a wholesaler's account: clients pay what they owe, each in an own way, and other money moves between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from random import Random

from sandbox.bank.accounts import Party, account_of, iban
from sandbox.bank.ledger import Ledger, Transfer
from sandbox.bank.purposes import for_another, of_several, purpose

RELATIVE = ("ФОП Гриценко Петро Олегович", "2881907315")
ACQUIRER = Party("ТОВ «ФК «ВЕЙФОРПЕЙ»", "39626179", iban("305299", "26005012345678"))
LANDLORD = Party("ТОВ «Складський парк»", "40123451", iban("300335", "26007300112233"))


@dataclass(frozen=True, slots=True)
class Debt:
    """An open document of a client: `amount` is what is left of it."""

    number: str
    day: date
    amount: Decimal
    name: str
    code: str

    @property
    def party(self) -> Party:
        return Party(self.name, self.code, account_of(self.code))


def pay(ledger: Ledger, debts: Sequence[Debt], draw: Random) -> list[Transfer]:
    """Every debt is paid: most by a transfer of its own, two of one client sometimes together, some in part or by
    somebody else."""
    made: list[Transfer] = []
    for _, of_client in groupby(sorted(debts, key=lambda debt: debt.code), key=lambda debt: debt.code):
        made += _of_client(ledger, list(of_client), draw)
    return made


def others(ledger: Ledger) -> list[Transfer]:
    """What no client has paid: the acquirer's register, and rent that goes out."""
    register = "Перерахування коштів за операціями еквайрингу згідно реєстру № 4417, за вирахуванням комісії банку"
    rent = "Оплата за оренду складу зг. договору № 12/24, у т.ч. ПДВ 20% 3000.00"
    return [
        ledger.receive(ACQUIRER, Decimal("8412.37"), register),
        ledger.spend(LANDLORD, Decimal("18000.00"), rent),
    ]


def _of_client(ledger: Ledger, debts: list[Debt], draw: Random) -> Iterator[Transfer]:
    if len(debts) > 1 and draw.random() < 0.5:
        total = sum((debt.amount for debt in debts), Decimal())
        yield ledger.receive(debts[0].party, total, of_several([debt.number for debt in debts], total))
        return
    for debt in debts:
        yield _single(ledger, debt, draw)


def _single(ledger: Ledger, debt: Debt, draw: Random) -> Transfer:
    chance = draw.random()
    if chance < 0.1:
        name, code = RELATIVE
        words = for_another(debt.name, debt.number, debt.day, debt.amount)
        return ledger.receive(Party(name, code, account_of(code)), debt.amount, words)
    amount = debt.amount if chance < 0.85 else (debt.amount / 2).quantize(Decimal("0.01"))
    return ledger.receive(debt.party, amount, purpose(draw, debt.number, debt.day, amount))
