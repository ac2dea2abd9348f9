"""A client asks, a manager answers from the client's topic, and what each of them sees of it."""

from datetime import timedelta

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import AskManager
from keyboards.desk_actions import AskFinance, HandBack, NoteNext, PassOn, SendCanned, ShowCanned

CANNED = "Доставка"


async def talks(stage: Stage) -> None:
    client = await stage.member(stage.cast.buyer, "talks")
    await _asks(stage, client)
    thread = await stage.backstage.office.thread_of(client.account)
    manager = stage.manager("talks-manager", thread=thread)
    await _answers(stage, client, manager, thread)
    await _waits(stage, client, manager, thread)


async def _asks(stage: Stage, client: Visitor) -> None:
    await client.writes(stage.cast.nonsense)
    await client.presses(PassOn, "Запитання передано")
    await client.presses(AskManager)
    await client.presses(AskFinance, "Запитання про оплату")
    await client.sends(AskManager())
    await client.sends_file("Файл передано")
    await stage.visitor("talks-stranger").sends_file("Файл від незнайомої людини")


async def _answers(stage: Stage, client: Visitor, manager: Visitor, thread: str) -> None:
    office = stage.backstage.office
    shown = await office.topic_news(office.group, thread)
    card = next(screen for screen in shown if screen.rows)
    manager.sees(shown[-1], "Запитання клієнта", note="У темі клієнта")
    manager.sees(card, "Картка клієнта", note="Закріплена в темі")
    await manager.presses(NoteNext, "Далі нотатка")
    manager.sees(card, "")
    await manager.presses(ShowCanned, "Готових відповідей немає")
    await manager.writes("// між нами", None)
    await manager.writes(f"/answers add {CANNED}: Возимо щодня до обіду, крім неділі.", "Готову відповідь збережено")
    await manager.writes("/answers", "Готові відповіді")
    await manager.writes("/start", "Не команда")
    manager.sees(card, "")
    await manager.presses(ShowCanned, "Яку відповідь надіслати?")
    await manager.presses(SendCanned, "Готову відповідь надіслано")
    client.sees((await office.topic_news(client.account))[-1], "Далі відповідає менеджер")
    await manager.writes("/answers drop Нічого", "Такої відповіді немає")
    await manager.writes(f"/answers drop {CANNED}", "Готову відповідь прибрано")
    await stage.manager("-1001", thread=thread).writes("Від імені групи", "Анонімно не можна")
    stage.backstage.wait(timedelta(minutes=5))
    await office.looks_at_topics()
    manager.sees(
        next(screen for screen in await office.topic_news(office.group, thread) if screen.rows),
        "Картка, менеджер відповідає",
    )
    await manager.presses(HandBack, "Повернуто боту")
    client.sees((await office.topic_news(client.account))[-1], "Знову відповідає бот")


async def _waits(stage: Stage, client: Visitor, manager: Visitor, thread: str) -> None:
    office = stage.backstage.office
    await client.sends(AskManager())
    await client.writes("Коли привезете?")
    stage.backstage.wait(timedelta(days=3))
    await office.looks_at_topics()
    told = [screen for screen in await office.topic_news(office.group, thread) if not screen.rows]
    manager.sees(told[-1], "Клієнт чекає", note="У темі, через чверть години")
    manager.sees(
        (await office.topic_news(office.group))[-1], "Клієнт чекає надто довго", note="Усій групі, через годину"
    )
    await office.loses_somebody(client.account)
    await office.looks_at_topics()
    lost = [screen for screen in await office.topic_news(office.group, thread) if not screen.rows]
    manager.sees(lost[-1], "Клієнта не вдалося повідомити")
    await office.blocks(client.account)
    await manager.writes("О дев’ятій", None)
    manager.sees((await office.topic_news(office.group, thread))[-1], "Не доставлено")
    await office.demotes("reader")
    await stage.manager("reader", thread=thread).writes("О дев’ятій", "Лише читає")
