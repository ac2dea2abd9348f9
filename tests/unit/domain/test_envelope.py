"""An envelope moves forward, and only by what the service says."""

import pytest

from bot.domain.envelope import Stage, moved
from bot.domain.signing import ServiceState


@pytest.mark.parametrize(
    ("stage", "said", "to"),
    [
        (Stage.UPLOADED, ServiceState.READY, Stage.UPLOADED),
        (Stage.UPLOADED, ServiceState.SENT, Stage.SENT),
        (Stage.UPLOADED, ServiceState.SIGNING_OWNER, Stage.UPLOADED),
        (Stage.UPLOADED, ServiceState.WAITING_CLIENT, Stage.SENT),
        (Stage.SENT, ServiceState.SIGNING_CLIENT, Stage.HALF),
        (Stage.SENT, ServiceState.SIGNED, Stage.SIGNED),  # a person signs and sends with one press
        (Stage.APPROVED, ServiceState.SIGNED, Stage.SIGNED),
        (Stage.SENT, ServiceState.REJECTED, Stage.REJECTED),
        (Stage.SENT, ServiceState.GONE, Stage.WITHDRAWN),
        (Stage.HALF, ServiceState.ANNULLED, Stage.WITHDRAWN),
    ],
)
def test_it_moves_forward(stage: Stage, said: ServiceState, to: Stage) -> None:
    assert moved(stage, said) is to


def test_it_never_moves_back() -> None:
    assert moved(Stage.SENT, ServiceState.READY) is Stage.SENT
    assert moved(Stage.HALF, ServiceState.SENT) is Stage.HALF
    assert moved(Stage.SIGNED, ServiceState.GONE) is Stage.SIGNED
    assert moved(Stage.REJECTED, ServiceState.WAITING_CLIENT) is Stage.REJECTED


def test_an_unknown_word_moves_nothing() -> None:
    assert [moved(stage, ServiceState.UNKNOWN) for stage in Stage] == list(Stage)


def test_our_half_after_the_clients_is_a_half_of_the_whole() -> None:
    assert moved(Stage.SENT, ServiceState.SIGNING_OWNER) is Stage.HALF


def test_a_signature_that_came_too_late_is_a_signature() -> None:
    assert moved(Stage.EXPIRED, ServiceState.SIGNED) is Stage.SIGNED
    assert moved(Stage.WITHDRAWN, ServiceState.SIGNED) is Stage.SIGNED
