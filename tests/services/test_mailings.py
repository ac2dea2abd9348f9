"""Price lists and offers to everybody who orders: once for each of their clients, for nothing, at their own prices."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from bot.conversation.action import Action
from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.screen import Attachment, Screen, Tap
from bot.db.models import Account, Client, Membership, Person, Price
from bot.domain.campaign import Bar, Purpose, Wanted
from bot.domain.client import Buyer, Identity
from bot.domain.dispatch import SESSION, DispatchState, Way
from bot.domain.errors import Outdated
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind, Topic
from bot.domain.paper import Form
from bot.i18n import translator
from handlers import briefs, letters, notices
from handlers.app import App, Company, build_app
from keyboards.paper_actions import TakeOffer, TakePriceList
from tests.db.people import ANDRII, DNIPRO, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.services.test_campaigns import Post, change, mailbox, posted
from tests.support.desk import RULES, papers_in
from tests.support.reading_papers import cells, pages
from tests.support.wholesaler import MILK, uid

LIST, OFFER = Purpose.PRICE_LIST, Purpose.OFFER


@pytest.fixture
def post(backroom: Backroom) -> Post:
    """On each database in turn; chats, letters and text messages are set up."""
    return posted(backroom, ways=frozenset(Way))


@pytest.fixture
def here(room: Backroom) -> Post:
    return posted(room, ways=frozenset(Way))


async def leaves(post: Post, purpose: Purpose, **how: object) -> None:
    await post.campaigns.begin(Wanted(purpose, **how), "Оксана")  # type: ignore[arg-type]
    await post.whole(purpose)


async def bars(post: Post, purpose: Purpose = LIST, **how: object) -> dict[str, Bar | Way | None]:
    found = await post.campaigns.preview(Wanted(purpose, **how))  # type: ignore[arg-type]
    return {one.recipient.name: one.bar or one.way for one in found}


async def test_whoever_orders_gets_it_by_chat_or_by_letter_and_never_by_a_text_message(post: Post) -> None:
    await post.room.sign_in(OLENA, "telegram", "1")
    await mailbox(post.room, ANDRII, "andrii@ranok.example")
    assert await bars(post) == {"Олена": Way.TELEGRAM, "Андрій": Way.MAIL, "Ірина": Bar.COSTS}
    await leaves(post, LIST)
    assert await post.told() == ["mail:andrii@ranok.example", "telegram:1"]
    assert {told.kind for told in await post.room.told()} == {"price_list"}


async def test_whoever_only_pays_gets_nothing(post: Post) -> None:
    await post.room.sign_in(OLENA, "telegram", "1")
    await change(post.room, update(Membership).where(Membership.person_id == OLENA).values(orders=False))
    assert "Олена" not in await bars(post)


async def test_somebody_who_orders_for_two_clients_gets_the_prices_of_both(post: Post) -> None:
    await post.room.sign_in(OLENA, "telegram", "1")
    role = {"person_id": OLENA, "client_id": DNIPRO.id, "orders": True, "pays": False, "signs": False}
    await change(post.room, insert(Membership).values(role))
    await leaves(post, LIST)
    rows = await post.room.dispatches()
    assert {(row.person_id, row.client_id) for row in rows} == {(OLENA, RANOK.id), (OLENA, DNIPRO.id)}


async def test_a_client_of_whom_nobody_is_known_gets_it_at_its_own_mailbox(post: Post) -> None:
    await change(
        post.room,
        delete(Membership).where(Membership.client_id == RANOK.id),
        update(Client).where(Client.id == RANOK.id).values(email="office@ranok.example"),
    )
    assert (await bars(post))["Кафе «Ранок»"] is Way.MAIL
    await leaves(post, LIST)
    assert await post.told() == ["mail:office@ranok.example"]


async def test_whoever_has_switched_prices_off_or_stopped_letters_is_let_be(post: Post) -> None:
    await post.room.sign_in(OLENA, "telegram", "1")
    await post.room.books.write(lambda tx: tx.reach.mute(OLENA, Topic.PRICES, muted=True))
    await change(post.room, update(Person).where(Person.id == ANDRII).values(phone=None, email="a@ranok.example"))
    await post.stop_list.stop("a@ranok.example")
    assert await bars(post) == {"Олена": Bar.MUTED, "Андрій": Bar.STOPPED, "Ірина": Bar.COSTS}
    with pytest.raises(Outdated):
        await post.campaigns.begin(Wanted(LIST), "Оксана")


async def test_a_second_press_on_the_same_day_tells_nobody_twice(post: Post) -> None:
    await post.room.sign_in(OLENA, "telegram", "1")
    await leaves(post, LIST)
    assert (await bars(post))["Олена"] is Bar.TOLD
    assert (await bars(post, again=True))["Олена"] is Way.TELEGRAM
    assert (await bars(post, OFFER))["Олена"] is Way.TELEGRAM
    post.room.later(days=1, minutes=1)
    assert (await bars(post))["Олена"] is Way.TELEGRAM


async def test_a_closed_viber_session_waits_until_the_person_writes(post: Post) -> None:
    await post.room.sign_in(OLENA, "viber", "olena=")
    closed = post.room.clock() - SESSION
    await change(post.room, update(Account).where(Account.external_id == "olena=").values(session_opened_at=closed))
    assert (await bars(post))["Олена"] is Way.VIBER
    await leaves(post, LIST)
    assert await post.told() == []
    (row,) = await post.room.books.read(lambda tx: tx.dispatches.journal(5))
    assert (row.state, row.due_at) == (DispatchState.HELD, row.queued_at + timedelta(days=3))


async def test_price_lists_and_invitations_go_on_beside_each_other_and_only_one_of_a_kind(post: Post) -> None:
    await post.room.sign_in(OLENA, "telegram", "1")
    lists = await post.campaigns.begin(Wanted(LIST), "Оксана")
    again = await post.campaigns.begin(Wanted(LIST), "Петро")
    invites = await post.campaigns.begin(Wanted(Purpose.ACCESS), "Петро")
    assert (lists.ours, again.ours, invites.ours) == (True, False, True)
    assert again.campaign.id == lists.campaign.id
    await post.whole(LIST)
    await post.whole(Purpose.ACCESS)
    (report,) = await post.campaigns.reports((LIST, OFFER), 5)
    assert (report.campaign.started_by, report.told) == ("Оксана", 1)


# --- what leaves ------------------------------------------------------------------------------------------------------


class Drawing:
    """A campaign of the small wholesaler, drawn for one reader."""

    def __init__(self, post: Post, folder: Path) -> None:
        self.post = post
        self.app = build_app(
            post.room.books, RULES, Money.of(500), Company("ГастроОпт", "+380440000000"), folder,
            now=post.room.clock, papers=papers_in(folder, post.room.clock),
        )  # fmt: skip

    async def notice(self, purpose: Purpose, buyer: Buyer = RANOK, **how: object) -> Notice:
        await self.post.room.sign_in(OLENA, "telegram", "1")
        await self.post.room.sign_in(IRYNA, "telegram", "2")
        begun = await self.post.campaigns.begin(Wanted(purpose, **how), "Оксана")  # type: ignore[arg-type]
        kind = NoticeKind.OFFER if purpose is OFFER else NoticeKind.PRICE_LIST
        return Notice(kind, str(begun.campaign.id), str(buyer.id))

    def to(self, buyer: Buyer = RANOK, *, visiting: bool = False) -> Context[App]:
        who = Identity("telegram", "1", name="Олена", person_id=OLENA, buyer=buyer, visiting=visiting)
        event = Event("1", Sender("telegram", "1"), Kind.STARTED, self.post.room.clock())
        return Context(event, who, self.app, translator("uk"), self.post.room.clock())


@pytest.fixture
def drawing(here: Post, tmp_path: Path) -> Drawing:
    return Drawing(here, tmp_path)


def file_of(screen: Screen | None) -> Attachment:
    assert screen is not None
    assert isinstance(screen.media, Attachment)
    return screen.media


def action_of(screen: Screen | None) -> Action:
    """Of the first button."""
    assert screen is not None
    button = screen.rows[0][0]
    assert isinstance(button, Tap)
    return button.action


async def test_a_chat_gets_a_workbook_of_its_own_prices_and_a_button_for_the_print(drawing: Drawing) -> None:
    notice = await drawing.notice(LIST)
    screen = await notices.screen(drawing.to(), notice)
    file = file_of(screen)
    assert screen is not None
    assert str(screen.text).startswith("<b>Новий прайс для Кафе «Ранок»</b>")
    assert file.name == "Прайс ГастроОпт 23.11.2026.xlsx"
    assert ["Молочні продукти › Молоко", "10661", MILK, "шт", "ящ = 12 шт", 47.9, "мало"] in cells(
        file.path.read_bytes()
    )
    assert action_of(screen) == TakePriceList(Form.PDF)


async def test_a_letter_brings_the_workbook_and_the_print(drawing: Drawing) -> None:
    notice = await drawing.notice(LIST)
    letter = await letters.letter(drawing.to(DNIPRO), notice)
    assert letter is not None
    assert letter.subject == "Новий прайс · ГастроОпт"
    assert [one.name for one in letter.attachments] == [
        "Прайс ГастроОпт 23.11.2026.xlsx",
        "Прайс ГастроОпт 23.11.2026.pdf",
    ]
    assert [one.content[:4] for one in letter.attachments] == [b"PK\x03\x04", b"%PDF"]


async def test_an_offer_of_a_category_is_a_print_with_a_last_day_and_a_button_for_the_workbook(
    drawing: Drawing,
) -> None:
    dairy = uid("Молочні продукти")
    notice = await drawing.notice(OFFER, category=dairy)
    screen = await notices.screen(drawing.to(), notice)
    (page,) = pages(file_of(screen).path.read_bytes())
    assert "Кому: Кафе «Ранок» Дата: 23.11.2026 Дійсна до: 06.12.2026" in page
    assert "Борошно" not in page
    assert action_of(screen) == TakeOffer(Form.XLSX, dairy)


async def test_nothing_is_sent_where_there_is_nothing_to_offer(drawing: Drawing) -> None:
    usual = await drawing.notice(OFFER)
    assert await notices.screen(drawing.to(), usual) is None
    prices = await drawing.notice(LIST)
    await change(drawing.post.room, delete(Price))
    assert await notices.screen(drawing.to(), prices) is None
    assert await letters.letter(drawing.to(), prices) is None
    assert await briefs.brief(drawing.to(), prices) is None


async def test_to_somebody_who_acts_for_another_client_just_now_it_brings_no_buttons(drawing: Drawing) -> None:
    notice = await drawing.notice(LIST)
    screen = await notices.screen(drawing.to(visiting=True), notice)
    assert screen is not None
    assert (screen.rows, file_of(screen).name[-5:]) == ((), ".xlsx")
