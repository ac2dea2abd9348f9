"""Documents that are signed: what a client sees of them, and what managers and lawyers do with them."""

from bot.domain.signing import ServiceState
from handlers.preview.stage import Stage, Visitor
from keyboards.actions import More
from keyboards.contract_actions import (
    AcceptSigned,
    Approve,
    AskAct,
    AskContract,
    AskRemark,
    AskWithdraw,
    FillAgain,
    GiveDocumentBack,
    HowToSign,
    ShowClientsDocuments,
    ShowDocument,
    ShowDocuments,
    ShowEnvelope,
    ShowOpenDocuments,
    StartDocument,
    TakeAct,
    TakeDocument,
    TakeEnvelope,
    Withdraw,
)


async def signs_documents(stage: Stage) -> None:
    office = stage.backstage.office
    lost = await stage.member(stage.cast.single, "signer without", office.unconnected)
    await lost.sends(AskContract(), "Підписання не під’єднано")
    client, staff = await stage.member(stage.cast.single, "signer"), stage.manager("lawyer")
    await client.sends(More())
    await client.presses(ShowDocuments, "Документів ще немає")
    await client.presses(AskContract, "Договір попросили")
    await client.presses(ShowDocument, "Договір у юристів")
    await staff.hears("Документ на погодження", note="З файлом")
    await _returns(staff)
    await staff.presses(Approve, "Погоджено")
    await client.hears("Документ на підпис")
    await client.presses(HowToSign, "Як підписати")
    await client.presses(ShowDocument, "Документ чекає на підпис")
    await client.presses(TakeDocument, "Договір як файл", note="Файл")
    await office.service_says(ServiceState.SIGNING_CLIENT)
    await staff.hears("Клієнт підписав")
    await office.service_says(ServiceState.SIGNED, stranger=True)
    await staff.hears("Підписано не тим, ким треба")
    await staff.presses(AcceptSigned, "Визнано підписаним")
    await staff.presses(TakeEnvelope, "Файл підписаного", at=1, note="Файл")
    await client.hears("Підписали всі")
    await client.sends(ShowDocuments(), "Документи клієнта")
    await _act(client, staff)
    await _began_by_staff(stage, staff)


async def _returns(staff: Visitor) -> None:
    await staff.presses(AskRemark, "Що змінити?")
    await staff.presses(GiveDocumentBack, "Повернуто")
    await staff.presses(FillAgain, "Заповнюють знову")
    await staff.hears("Документ на погодження вдруге")
    await staff.writes("/povernuty", "Як повернути словами")
    await staff.presses(ShowOpenDocuments, "Документи в дорозі")
    await staff.presses(ShowEnvelope, "Картка документа")


async def _act(client: Visitor, staff: Visitor) -> None:
    office = client.stage.backstage.office
    await client.presses(AskAct, "Акт звірки: за який час")
    await client.presses(TakeAct, "Акт звірки попросили")
    await office.refuses_documents("access_denied")
    await staff.hears("Акт на погодження")
    await staff.presses(Approve)
    await staff.hears("Тариф не дозволяє")
    await office.refuses_documents("")
    await staff.presses(FillAgain, "Пробуємо ще раз")
    await staff.hears("Акт пішов клієнтові")
    await office.service_says(
        ServiceState.REJECTED, "Сума за жовтень інша, просимо звірити разом із нашою бухгалтерією."
    )
    await staff.hears("Клієнт відхилив акт")
    await client.sends(ShowDocuments())
    await client.presses(ShowDocument, "Ви відхилили акт")


async def _began_by_staff(stage: Stage, staff: Visitor) -> None:
    office = stage.backstage.office
    await staff.writes("/dohovir жжж", "Такого клієнта немає")
    await staff.writes("/dohovir о", "Який клієнт?")
    await staff.presses(ShowClientsDocuments, "Документи вибраного клієнта")
    office.lacks_requisites("адреса", "підписант")
    await staff.presses(StartDocument, "Договір почато")
    await staff.hears("Чогось бракує")
    await staff.presses(AskWithdraw, "Відкликати?")
    await staff.presses(Withdraw, "Відкликано")
    office.lacks_requisites()
