"""What is written of a payment into its comment: the document is found by it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.domain.accounting import OutgoingPayment
from bot.domain.money import Money
from integrations.onec.odata.payment_drafting import comment, head

PAYMENT = OutgoingPayment(
    id=UUID("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
    reference="K-000123-1",
    paid_at=datetime(2026, 11, 27, 10, tzinfo=UTC),
    client="0d0c1b5b-70e0-4914-9fec-0ae689c41da6",
    contract=None,
    amount=Money(20000),
    card="",
    fee=None,
    purpose="",
    allocations=(),
)


def test_the_shortest_comment_says_which_payment_it_is() -> None:
    assert comment(PAYMENT) == head(PAYMENT) == "Комора K-000123-1 [6f9619ff]"


def test_a_comment_says_all_that_the_accountant_asks() -> None:
    said = replace(PAYMENT, card="44****4444", fee=Money(1234), purpose="За накладною\n№ 15", refund=True)
    assert comment(said) == (
        "Комора K-000123-1 [6f9619ff]; повернення; картка 44****4444; комісія 12,34 грн; За накладною № 15"
    )


def test_a_refund_with_the_reference_of_its_payment_is_another_document() -> None:
    other = UUID("7f9619ff-8b86-d011-b42d-00cf4fc964ff")
    assert head(replace(PAYMENT, id=other, refund=True)) == "Комора K-000123-1 [7f9619ff]"
