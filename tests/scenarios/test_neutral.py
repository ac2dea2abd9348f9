"""Every scenario over the kernel's own line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.conversation.event import Contact, Kind
from bot.conversation.screen import Screen, Traits
from bot.db.books import Books
from tests.scenarios.backroom import Backroom
from tests.scenarios.scenarios import SCENARIOS
from tests.scenarios.world import Scenario
from tests.support.accounting import Ledger
from tests.support.chat import Talker
from tests.support.desk import Clock, Office
from tests.support.neutral import NeutralLine
from tests.support.wholesaler import uid

CHANNEL = "telegram"


class NeutralMessenger:
    """Puts screens before people."""

    channel = CHANNEL
    traits = Traits(
        can_edit=True, keeps_menu=True, text_limit=4096, caption_limit=1024, label_limit=25, rows=8, row_width=8
    )

    def __init__(self, people: Mapping[str, Talker]) -> None:
        self._people = people

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        person = self._people[external_id]
        person.screen = _line(person)._shown(screen)
        return ""

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        return False

    async def check(self) -> str:
        return "neutral"


@dataclass
class NeutralWorld:
    """People who talk to the kernel directly."""

    office: Office
    ledger: Ledger
    people: dict[str, Talker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        office = self.office
        self.backroom = Backroom(
            office.books, office.app, self.ledger, office.clock, NeutralMessenger(self.people), gateway=office.gateway
        )

    @property
    def clock(self) -> Clock:
        return self.office.clock

    @property
    def books(self) -> Books:
        return self.office.books

    def person(self, name: str) -> Talker:
        return self.people.setdefault(name, Talker(NeutralLine(self.office.pipeline, CHANNEL, name)))

    def sms_code(self, phone: str) -> str:
        texts = [text for to, text in self.office.sms.sent if to == phone]
        assert texts, f"no SMS went to {phone}"
        code = re.search(r"\d{6}", texts[-1])
        assert code, texts[-1]
        return code[0]

    async def invite(self, name: str) -> str:
        return await self.office.app.joining.invite(uid(name))

    async def forward_contact(self, person: Talker, phone: str) -> None:
        line = _line(person)
        person.screen = await line._do(Kind.SHARED_PHONE, contact=Contact(phone, proven=False))

    async def again(self, person: Talker) -> None:
        await _line(person).again()

    async def hears(self, person: Talker) -> None:
        await self.backroom.works()


def _line(person: Talker) -> NeutralLine:
    assert isinstance(person.line, NeutralLine)
    return person.line


@pytest.fixture
def world(office: Office, ledger: Ledger) -> NeutralWorld:
    return NeutralWorld(office, ledger)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_neutral(world: NeutralWorld, scenario: Scenario) -> None:
    await scenario(world)
