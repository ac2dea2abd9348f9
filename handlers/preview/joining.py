"""Strangers, and how they become clients."""

from datetime import timedelta

from bot.domain.errors import Unavailable
from handlers.preview.stage import Stage
from keyboards.actions import AskLanguage, AskManager, TypePhone


async def joins(stage: Stage) -> None:
    await _looks_in(stage)
    await _types_a_phone(stage)
    await _gets_no_code(stage)
    await _is_unknown(stage)
    await _follows_a_link(stage)


async def _looks_in(stage: Stage) -> None:
    stranger = stage.visitor("stranger")
    await stranger.starts("Привітання", note="Перше, що бачить незнайома людина")
    await stranger.presses(AskLanguage, "Мова до знайомства")
    await stranger.starts()
    await stranger.presses(AskManager, "Менеджер до знайомства")


async def _types_a_phone(stage: Stage) -> None:
    phone, backstage = stage.cast.buyer, stage.backstage
    typist = stage.visitor("typist")
    await typist.starts()
    await typist.presses(TypePhone, "Номер вручну", note="Для програм, які не вміють ділитися номером")
    await typist.writes("як купити?", "Це не номер")
    await typist.writes(phone, "Код надіслано")
    await typist.writes("1", "Код не той")
    await typist.writes("1")
    await typist.writes("1")
    await typist.writes("1", "Код не той, остання спроба")
    await typist.writes("1", "Спроби вичерпано", note="П’ять разів не той код")
    await typist.writes(phone)
    backstage.wait(timedelta(minutes=11))
    await typist.writes(backstage.code(phone), "Код прострочено", note="Минуло більше ніж десять хвилин")
    await typist.writes(phone)
    await typist.writes(phone, "Забагато кодів", note="Четвертий код за годину")
    await typist.writes(backstage.code(phone), "Знайомство за кодом", note="Правильний код")


async def _gets_no_code(stage: Stage) -> None:
    unlucky = stage.visitor("unlucky")
    await unlucky.starts()
    await unlucky.presses(TypePhone)
    stage.backstage.sms_fail(Unavailable("SMS", "send"))
    await unlucky.writes(stage.cast.buyer, "SMS не пішла")
    stage.backstage.sms_fail(None)
    early = stage.visitor("early", stage.backstage.without_sms)
    await early.starts()
    await early.presses(TypePhone)
    await early.writes(stage.cast.buyer, "SMS не налаштовано")


async def _is_unknown(stage: Stage) -> None:
    newcomer = stage.visitor("unknown")
    await newcomer.starts()
    await newcomer.shares(stage.cast.unknown, "Номера немає серед клієнтів")
    await newcomer.writes("Пекарня «Сонце», потрібне борошно", "Розповідь про себе", note="Іде менеджерам")


async def _follows_a_link(stage: Stage) -> None:
    token = await stage.backstage.invite(stage.cast.single)
    invited = stage.visitor("invited")
    await invited.starts("Знайомство за посиланням", link=token)
    late = stage.visitor("late")
    await late.starts("Посилання вже використане", link=token)
