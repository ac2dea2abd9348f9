"""A personal link is made when it is written down for its person, and short enough for two parts of a text message."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.db.models import Invite
from bot.domain.client import Identity
from bot.domain.job import Postponed
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.sms import segments
from bot.i18n import LANGUAGES, translator
from handlers import briefs, letters, notices
from handlers.app import App, Company, build_app
from tests.db.people import IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.support.chats import Chat
from tests.support.desk import RULES

NOTICE = Notice(NoticeKind.ACCESS, "a-campaign")
LONG = "Товариство з обмеженою відповідальністю «Гуртівня Схід — Захід і партнери»"


class Writing:
    """An office that writes invitations to Olena."""

    def __init__(self, room: Backroom, folder: Path, company: str = "ГастроОпт", public_url: str = "") -> None:
        self.room = room
        self.folder = folder
        self.app = build_app(
            room.books, RULES, Money.of(500), Company(company, "+380440000000"), folder,
            now=room.clock, public_url=public_url,
        )  # fmt: skip
        self.chat = Chat()
        self.app.invitations.chats.connect([self.chat])

    def to(self, language: str = "uk") -> Context[App]:
        who = Identity("sms", "+380671112233", name="Олена", language=language, person_id=OLENA, buyer=RANOK)
        event = Event("1", Sender("sms", "+380671112233"), Kind.STARTED, self.room.clock())
        return Context(event, who, self.app, translator(language), self.room.clock())

    async def brief(self, language: str = "uk") -> str:
        text = await briefs.brief(self.to(language), NOTICE)
        assert text is not None
        return text

    async def kept(self) -> list[tuple[str, timedelta]]:
        """Hashes of the links that are good, and for how long."""
        found = select(Invite.token_hash, Invite.expires_at).where(Invite.person_id == OLENA, Invite.used_at.is_(None))
        rows = await self.room.books.read(lambda tx: tx._connection.execute(found).all())
        return [(row.token_hash, row.expires_at - self.room.clock()) for row in rows]


@pytest.fixture
def writing(backroom: Backroom, tmp_path: Path) -> Writing:
    return Writing(backroom, tmp_path)


@pytest.fixture
def here(room: Backroom, tmp_path: Path) -> Writing:
    return Writing(room, tmp_path)


def token_of(text: str) -> str:
    found = re.search(r"start=([A-Za-z0-9_-]{22})$", text)
    assert found, text
    return found[1]


async def test_a_text_message_says_who_writes_and_carries_a_link_of_which_only_the_hash_is_kept(
    writing: Writing,
) -> None:
    text = await writing.brief()
    assert text.startswith("ГастроОпт: замовляйте в чаті, ваш особистий вхід: https://t.me/komora_bot?start=")
    assert await writing.kept() == [(hashlib.sha256(token_of(text).encode()).hexdigest(), timedelta(days=30))]


async def test_every_drawing_makes_another_link_and_those_before_it_stay_good(writing: Writing) -> None:
    tokens = {token_of(await writing.brief()) for _ in range(3)}
    assert len(tokens) == 3
    assert {one for one, _ in await writing.kept()} == {hashlib.sha256(token.encode()).hexdigest() for token in tokens}


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("company", ["Х", "ГастроОпт", LONG, "X" * 300])
async def test_a_text_message_has_two_parts_at_most_whatever_the_company_is_called(
    room: Backroom, tmp_path: Path, language: str, company: str
) -> None:
    writing = Writing(room, tmp_path, company)
    writing.chat.name = "the_longest_name_of_all_bots_bot"
    text = await writing.brief(language)
    assert (segments(text) <= 2, company[0], len(token_of(text))) == (True, text[0], 22)


async def test_a_letter_names_the_client_and_the_day_and_has_a_button_for_each_messenger(here: Writing) -> None:
    here.app.invitations.chats.connect([Chat("viber"), here.chat])
    letter = await letters.letter(here.to(), NOTICE)
    assert letter is not None
    assert letter.subject == "Ваші замовлення в чаті: особисте посилання · ГастроОпт"
    assert "Кафе «Ранок»" in letter.text
    assert "діє до ср, 23 грудня" in letter.text
    links = re.findall(r"^(Відкрити у \w+): (\S+)$", letter.text, re.MULTILINE)
    assert [(label, url.partition("start=")[0]) for label, url in links] == [
        ("Відкрити у Telegram", "https://t.me/komora_bot?"),
        ("Відкрити у Viber", "viber://pa?chatURI=komora?"),
    ]
    assert len({url.partition("start=")[2] for _, url in links}) == 1
    assert letter.html.count("<a href=") == 2


@pytest.mark.parametrize(("language", "word"), [("uk", "Добрий день"), ("ru", "Добрый день"), ("en", "Good day")])
async def test_a_letter_is_in_the_readers_language(here: Writing, language: str, word: str) -> None:
    letter = await letters.letter(here.to(language), NOTICE)
    assert letter is not None
    assert word in letter.text


async def test_viber_is_opened_by_a_page_of_ours_where_there_is_one(room: Backroom, tmp_path: Path) -> None:
    writing = Writing(room, tmp_path, public_url="https://komora.example/")
    writing.app.invitations.chats.connect([Chat("viber")])
    text = await writing.brief()
    assert re.search(r"https://komora\.example/join/[A-Za-z0-9_-]{22}$", text)
    assert segments(text) == 2


async def test_somebody_who_has_joined_meanwhile_is_written_nothing(writing: Writing) -> None:
    await writing.room.sign_in(OLENA, "viber", "olena")
    assert await briefs.brief(writing.to(), NOTICE) is None
    assert await letters.letter(writing.to(), NOTICE) is None
    assert await notices.screen(writing.to(), NOTICE) is None
    assert await writing.kept() == []


async def test_a_clients_own_mailbox_gets_no_personal_link(here: Writing) -> None:
    nobody = here.to()
    nobody.who = Identity("mail", "office@ranok.example", buyer=RANOK)
    assert await letters.letter(nobody, NOTICE) is None
    assert await briefs.brief(nobody, NOTICE) is None


async def test_somebody_elses_account_changes_nothing(here: Writing) -> None:
    await here.room.sign_in(IRYNA, "viber", "iryna")
    assert token_of(await here.brief())


async def test_a_messenger_is_asked_for_its_name_once(here: Writing) -> None:
    for _ in range(3):
        await here.brief()
    assert here.chat.asked == 1


async def test_an_invitation_waits_while_no_messenger_says_its_name_and_leaves_afterwards(here: Writing) -> None:
    here.chat.silent = True
    with pytest.raises(Postponed) as until:
        await here.brief()
    assert until.value.until == here.room.clock() + timedelta(minutes=5)
    assert await here.kept() == []
    here.chat.silent = False
    assert token_of(await here.brief())


async def test_a_messenger_that_is_silent_is_left_out_where_another_answers(here: Writing) -> None:
    here.app.invitations.chats.connect([Chat("telegram", silent=True), Chat("viber")])
    assert "viber://" in await here.brief()
