"""What the person who signs sees, as HTML."""

from html import escape

from sandbox.vchasno import statuses
from sandbox.vchasno.company import Company
from sandbox.vchasno.document import RECIPIENT
from sandbox.vchasno.visiting import Visitor

GONE = (
    "<h1>Документ недоступний</h1><p>Його видалено, або посилання вже не діє. "
    "Попросіть того, хто вам його надіслав, надіслати ще раз.</p>"
)


def page(visitor: Visitor, own: Company, file: str, *, trouble: str = "", said: str = "") -> tuple[str, str]:
    """The title and the body: the document, who signs it, and what this person can do."""
    return visitor.document.title, _head(visitor, own) + _state(visitor) + _deeds(visitor, trouble, said) + _file(
        visitor, file
    ) + _signed(visitor)


def _head(visitor: Visitor, own: Company) -> str:
    document = visitor.document
    facts = [
        f"№ {document.number}" if document.number else "",
        f"від {document.day:%d.%m.%Y}" if document.day else "",
        _money(document.amount) if document.amount else "",
    ]
    named = f"<p class='hint'>{escape(' · '.join(filter(None, facts)))}</p>" if any(facts) else ""
    company = visitor.company
    who = f"{escape(company.name or 'Компанія')} ({escape(company.edrpou)})" if company.edrpou else "За посиланням"
    return (
        "<header><p class='brand'>Вчасно<span class='hint'>пісочниця</span></p>"
        f"<h1>{escape(document.title)}</h1>{named}"
        f"<dl><div><dt>Надіслав</dt><dd>{escape(own.name)} ({escape(own.edrpou)})</dd></div>"
        f"<div><dt>Ви</dt><dd>{who}</dd></div></dl></header>"
    )


def _state(visitor: Visitor) -> str:
    """What came of it, once there is nothing to do."""
    if visitor.may_act:
        return ""
    document = visitor.document
    words, mood = {
        statuses.SIGNED: ("Підписано всіма сторонами", "good"),
        statuses.REJECTED: ("Документ відхилено", "bad"),
        statuses.ANNULLED: ("Документ анульовано", "bad"),
    }.get(document.status, ("Зараз від вас нічого не потрібно", "wait"))
    more = ""
    if document.count(RECIPIENT) and document.status not in statuses.FINAL:
        words, more, mood = "Ви підписали", "<p>Тепер підпише той, хто надіслав документ.</p>", "good"
    if document.status == statuses.REJECTED:
        reasons = [one.text for one in document.comments if one.kind == "rejection"]
        more = f"<p>Причина: {escape(reasons[-1])}</p>" if reasons else ""
    back = f"<p><a class='button main' href='{escape(visitor.back)}'>Повернутися</a></p>" if visitor.back else ""
    return f"<section class='state {mood}' role='status'><h2>{words}</h2>{more}{back}</section>"


def _deeds(visitor: Visitor, trouble: str, said: str) -> str:
    if not visitor.may_act:
        return ""
    wrong = f"<p class='wrong' id='wrong' role='alert'>{escape(trouble)}</p>" if trouble else ""
    code = (
        "<label for='edrpou'>Код вашої компанії (ЄДРПОУ або РНОКПП)</label>"
        "<input id='edrpou' name='edrpou' inputmode='numeric' maxlength='10' autocomplete='off' required>"
        if visitor.asks_code
        else ""
    )
    new = (
        "<p class='hint'>Вашої компанії ще немає у «Вчасно»: коли підпишете, її буде зареєстровано. Це безплатно.</p>"
        if visitor.is_new
        else ""
    )
    signer = (
        f"<p class='hint'>Підпише {escape(visitor.company.signer)}. Пароля до ключа тут не питають.</p>"
        if visitor.company.edrpou
        else ""
    )
    away = f"<a class='button quiet' href='{escape(visitor.away)}'>Повернутися без підпису</a>" if visitor.away else ""
    refusing = "" if visitor.link else _refusing(wrong, said)
    return (
        f"<section class='deeds'><form method='post'>{code}{wrong if visitor.link else ''}{signer}{new}"
        f"<button class='main' name='do' value='sign'>Підписати КЕП</button></form>{refusing}{away}</section>"
    )


def _refusing(wrong: str, said: str) -> str:
    """Folded until it is wanted, or something is wrong with it."""
    return (
        f"<details{' open' if wrong else ''}><summary>Відхилити</summary><form method='post'>"
        "<label for='text'>Чому ви відхиляєте? Причину побачить відправник</label>"
        f"<textarea id='text' name='text' rows='3' maxlength='2000' required>{escape(said)}</textarea>"
        f"{wrong}<button class='bad' name='do' value='reject'>Відхилити документ</button></form></details>"
    )


def _file(visitor: Visitor, file: str) -> str:
    extension = visitor.document.extension
    if extension == "pdf":
        shown = f"<object data='{escape(file)}' type='application/pdf' aria-label='Документ'></object>"
    elif extension in {"png", "jpg", "jpeg"}:
        shown = f"<img src='{escape(file)}' alt='Документ'>"
    else:
        shown = ""
    open_ = f"<a class='button' href='{escape(file)}' target='_blank' rel='noopener'>Відкрити документ</a>"
    return f"<section class='file'>{open_}{shown}</section>"


def _signed(visitor: Visitor) -> str:
    rows = "".join(
        f"<li><b>{escape(one.name)}</b><span>{escape(one.signer.name)} ({escape(one.signer.edrpou)})</span>"
        f"<span class='hint'>{one.at:%d.%m.%Y %H:%M}, сертифікат {escape(one.serial)}</span></li>"
        for one in visitor.document.signatures
    )
    shown = f"<ul>{rows}</ul>" if rows else "<p class='hint'>Ще ніхто не підписав.</p>"
    return f"<section><h2>Підписи</h2>{shown}</section>"


def _money(kopiykas: int) -> str:
    written = f"{kopiykas // 100:,}".replace(",", "\u00a0")
    return f"{written},{kopiykas % 100:02d}\u00a0грн"
