"""What a look at a container finds, and how far a document came."""

from dataclasses import replace

import pytest

from bot.domain.signing import (
    ContainedSignature,
    Doubt,
    ServiceState,
    SignatureContainer,
    SignatureMark,
    doubts,
)

PDF = b"%PDF-1.7 contract"
OURS, THEIRS, STRANGER = "87654321", "12345678", "11111111"
WE = ContainedSignature((OURS, "2718281828"), "ПЕТРЕНКО ІВАН", "ТОВ «Комора»", "A1", None)
THEY = ContainedSignature((THEIRS, "3141592653"), "КОВАЛЬ ОЛЕНА", "ТОВ «Хорека»", "B2", None)


def container(*signatures: ContainedSignature, content: bytes | None = PDF) -> SignatureContainer:
    return SignatureContainer(content, signatures)


def listed(*serials: str) -> list[SignatureMark]:
    return [SignatureMark("", "", "", "", serial, None) for serial in serials]


def found(held: SignatureContainer, *serials: str, theirs: tuple[str, ...] = (THEIRS,)) -> tuple[Doubt, ...]:
    return doubts(held, PDF, OURS, theirs, listed(*serials))


def test_our_file_signed_by_both_sides_and_by_nobody_else_leaves_no_doubt() -> None:
    assert found(container(WE, THEY), "B2", "A1") == ()


@pytest.mark.parametrize("theirs", [("3141592653",), ("00000000", THEIRS), (THEIRS, "3141592653")])
def test_any_of_the_clients_codes_will_do(theirs: tuple[str, ...]) -> None:
    assert found(container(WE, THEY), "A1", "B2", theirs=theirs) == ()


@pytest.mark.parametrize(
    ("held", "serials", "expected"),
    [
        (container(WE, THEY, content=None), ["A1", "B2"], (Doubt.NO_CONTENT,)),
        (container(WE, THEY, content=b""), ["A1", "B2"], (Doubt.CONTENT_DIFFERS,)),
        (container(WE, THEY, content=PDF + b"\n"), ["A1", "B2"], (Doubt.CONTENT_DIFFERS,)),
        (container(WE), ["A1"], (Doubt.CLIENT_MISSING,)),
        (container(THEY), ["B2"], (Doubt.OWNER_MISSING,)),
        (container(WE, THEY), ["A1"], (Doubt.SERIALS_DIFFER,)),
        (container(WE, THEY), ["A1", "B2", "C3"], (Doubt.SERIALS_DIFFER,)),
        (container(WE, THEY), ["A1", "B3"], (Doubt.SERIALS_DIFFER,)),
        (
            container(WE, replace(THEY, codes=(STRANGER,))),
            ["A1", "B2"],
            (Doubt.STRANGER_SIGNED, Doubt.CLIENT_MISSING),
        ),
        (container(WE, THEY, replace(THEY, codes=(STRANGER,), serial="C3")), ["A1", "B2", "C3"],
         (Doubt.STRANGER_SIGNED,)),
        (container(WE, replace(THEY, codes=())), ["A1", "B2"], (Doubt.CLIENT_MISSING,)),
        (container(content=None), [], (Doubt.NO_CONTENT, Doubt.CLIENT_MISSING, Doubt.OWNER_MISSING)),
        (
            container(content=b"x"),
            ["A1"],
            (Doubt.CONTENT_DIFFERS, Doubt.CLIENT_MISSING, Doubt.OWNER_MISSING, Doubt.SERIALS_DIFFER),
        ),
    ],
)  # fmt: skip
def test_each_thing_that_does_not_fit_is_named(
    held: SignatureContainer, serials: list[str], expected: tuple[Doubt, ...]
) -> None:
    assert found(held, *serials) == expected


def test_a_seal_beside_a_signature_is_no_stranger() -> None:
    seal = ContainedSignature((THEIRS,), "ТОВ «Хорека»", "ТОВ «Хорека»", "C3", None)
    assert found(container(WE, THEY, seal), "A1", "B2", "C3") == ()


def test_without_a_code_of_ours_nobody_signed_for_us() -> None:
    assert doubts(container(WE, THEY), PDF, "", [THEIRS], listed("A1", "B2")) == (
        Doubt.STRANGER_SIGNED,
        Doubt.OWNER_MISSING,
    )


def test_four_states_are_the_last() -> None:
    assert {state for state in ServiceState if state.final} == {
        ServiceState.SIGNED,
        ServiceState.REJECTED,
        ServiceState.ANNULLED,
        ServiceState.GONE,
    }
