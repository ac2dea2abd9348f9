"""What a worker of the suite takes whole."""

import pytest

from tests.support.sharing import portion


@pytest.mark.parametrize(
    ("test", "taken"),
    [
        ("tests/screens/test_page.py::test_it[a::b]", "tests/screens/"),
        ("tests/sandbox/demo/test_page.py::test_it", "tests/sandbox/demo/"),
        ("tests/sandbox/mail/test_page.py::test_it", "tests/sandbox/mail/test_page.py"),
        ("tests/unit/test_sharing.py::test_it[a::b]", "tests/unit/test_sharing.py"),
    ],
)
def test_rooms_that_share_a_walk_go_whole_and_others_by_module(test: str, taken: str) -> None:
    assert portion(test) == taken
