"""Templates of contracts in the group that approves them, and what managers type of a client for them."""

from handlers.preview.stage import Stage
from keyboards.template_actions import (
    SeeFile,
    SeeKind,
    ShowKind,
    ShowRequisites,
    ShowTemplates,
    TakeVersion,
    UseFile,
    UseVersion,
)


async def keeps_templates(stage: Stage) -> None:
    office = stage.backstage.office
    lawyer = stage.manager("templates")
    await lawyer.sends_file("Шаблони тут не приймаються", name="договір.docx")
    office.takes_templates()
    await lawyer.writes("/shablony", "Шаблони документів")
    await lawyer.presses(ShowKind, "Шаблон: лише зразок")
    await lawyer.presses(SeeKind, "Зразок заповнено", note="Файл Word")
    await lawyer.writes("/shablony")
    name = "Договір поставки 2026, чистовий варіант після правок.docx"
    await lawyer.sends_file("Надійшов шаблон", name=name, ref="good")
    await lawyer.presses(SeeFile, "Шаблон заповнено", note="Файл Word")
    await lawyer.sends_file(name="Договір поставки 2026.docx", ref="good")
    await lawyer.presses(UseFile, "Шаблон використовується")
    await lawyer.presses(TakeVersion, "Файл шаблону")
    await lawyer.sends_file("Шаблон з помилками", name="договір з помилками.docx", ref="wrong")
    await lawyer.sends_file("Файл не Word", name="скан.pdf.docx", ref="scan")
    await lawyer.presses(ShowTemplates, "Шаблони з версією")
    await lawyer.presses(ShowKind)
    await lawyer.presses(UseVersion, "Повернулися до зразка")
    await _requisites(stage)


async def _requisites(stage: Stage) -> None:
    manager = stage.manager("requisites")
    code = stage.cast.single  # what 1C calls the client, too
    await manager.writes("/rekvizyty", "Реквізити: який клієнт")
    await manager.writes("/rekvizyty о", "Реквізити: кілька клієнтів")
    await manager.presses(ShowRequisites, "Реквізити: вибраний клієнт")
    await manager.writes("/rekvizyty жжж", "Реквізити: такого немає")
    await manager.writes(f"/rekvizyty {code}", "Реквізити клієнта")
    await manager.writes(f"/rekvizyty {code}\nпошта: десь", "Реквізити: не зрозуміло")
    typed = "\n".join(
        (
            "підписант: Коваленко Ірина Петрівна", "підписант у родовому: Коваленко Ірини Петрівни",
            "посада: директорка", "посада в родовому: директорки", "підстава: Статуту",
            "адреса: 01001, м. Київ, вул. Хрещатик, 1", "телефон: 067 123 45 67", "пошта: kava@kava.ua",
            "рахунок: UA213223130000026007233566001", "банк: АТ КБ «ПриватБанк»", "іпн: 215607626101",
        )
    )  # fmt: skip
    await manager.writes(f"/rekvizyty {code}\n{typed}", "Реквізити записано")
