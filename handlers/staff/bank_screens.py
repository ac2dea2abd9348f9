"""What finance reads about bank transfers."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.conversation.screen import Screen
from bot.domain.bank import BOOKED, Apart, BrokenStatement, LineState
from bot.domain.matching import Candidate, Open, Sign
from bot.domain.money import ZERO
from bot.i18n import Translator, marked
from bot.services.bank import Choice, LineView, Overview, Taken
from bot.services.bank.views import label
from handlers.app import Ctx
from handlers.staff.bank_returns import heading, return_rows, returns_of, returns_of_all, typed
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import staff_bank as keyboard

SHOWN = 10
SIGNS: Mapping[Sign, str] = {
    Sign.NUMBER: marked("the purpose names the document"),
    Sign.CODE: marked("the payer's code is the client's"),
    Sign.ACCOUNT: marked("the client paid from this account before"),
    Sign.AMOUNT: marked("exactly what is left of the document"),
    Sign.SUM: marked("exactly the sum of these documents"),
    Sign.RULE: marked("this payer's money was put to this client before"),
    Sign.NAME: marked("the payer is called as the client is"),
    Sign.NAMED: marked("the purpose names the client"),
}
APART: Mapping[Apart, str] = {
    Apart.OUTGOING: marked("money that went out"),
    Apart.OWN: marked("our own transfer"),
    Apart.FEE: marked("the bank's fee or interest"),
    Apart.ACQUIRER: marked("card payments of a day, which are booked one by one"),
    Apart.FOREIGN: marked("another currency"),
    Apart.THERE: marked("1C loaded it itself"),
    Apart.NO_CLIENT: marked("no client's payment"),
    Apart.TO_RETURN: marked("all of it goes back to the payer"),
}
BROKEN: Mapping[str, str] = {
    "empty": marked("The file is empty."),
    "too_large": marked("The file is too big: 20 MB at most. Take a shorter period."),
    "too_many": marked("There are too many lines: take a shorter period."),
    "no_columns": marked("No heading of a statement was found: it needs a date and a sum. Ask the administrator."),
    "cut_off": marked("The file is cut off: it has no end. Download it from the bank again."),
    "no_lines": marked("There is no payment in the file."),
    "wrong_encoding": marked("The letters of the file cannot be read. Save it as windows-1251 or UTF-8."),
    "archive_bomb": marked("The file unpacks into far too much and was not opened."),
}


def bank_screen(ctx: Ctx, view: Overview, taken: Taken | None = None) -> Screen:
    """What nobody knows yet, after what came of a file."""
    tr = ctx.tr
    rows = [
        Markup("<b>№{}</b> {}: {}, {}").format(
            row.number,
            tr.calendar_day(row.line.booked_on),
            tr.money(row.line.amount),
            excerpt(row.line.payer or "—", 40),
        )
        for row in view.shown
    ]
    text = paragraphs(
        _taken(tr, taken) if taken is not None else None,
        tr.say("<b>Unidentified payments: {n}, {sum}</b>", n=view.count, sum=tr.money(view.total))
        if view.count
        else tr.say("<b>Every payment by transfer is identified.</b>"),
        lines(*rows) if rows else None,
        tr.plural("{n} line waits until 1C answers.", "{n} lines wait until 1C answers.", view.waiting)
        if view.waiting
        else None,
        returns_of_all(tr, view),
        _booked(tr, view) if taken is None else None,
    )
    numbers = dict.fromkeys([*(row.number for row in view.shown), *(row.number for row, _ in view.returning)])
    return Screen(text, keyboard.overview(tr, list(numbers), view.page, view.pages))


def line_screen(ctx: Ctx, view: LineView) -> Screen:
    """One line: who, how much, what for, and what may be done."""
    tr, row = ctx.tr, view.row
    if row.state in BOOKED:
        text = paragraphs(
            heading(tr, view), _went_to(tr, view), _decision(tr, view), _paper(tr, view), returns_of(tr, view)
        )
        return Screen(text, keyboard.decided(tr, row.number, row.booking, view.following, return_rows(tr, view)))
    if row.state is LineState.IGNORED:
        why = tr.say("Set aside: {why}.", why=tr.label(APART[Apart(row.apart)]))
        text = paragraphs(heading(tr, view), why, _decision(tr, view), returns_of(tr, view))
        undone = row.booking if row.apart != Apart.TO_RETURN else None
        return Screen(text, keyboard.decided(tr, row.number, undone, view.following, return_rows(tr, view)))
    if row.state is LineState.NEW:
        return Screen(paragraphs(heading(tr, view), tr.say("It waits until 1C answers.")))
    choices = numbered([_choice(tr, one) for one in view.choices])
    text = paragraphs(
        heading(tr, view),
        _decision(tr, view) if row.state is LineState.UNDONE else None,
        returns_of(tr, view),
        choices if view.choices else tr.say("Nothing in it points to a client."),
        tr.say("Another client: <code>{command}</code>", command=f"/klient {row.number} …"),
    )
    marks = [(one.candidate.client, one.mark) for one in view.choices]
    return Screen(text, keyboard.line(tr, row.number, marks, view.following, return_rows(tr, view)))


def broken(tr: Translator, error: BrokenStatement) -> Markup:
    """Why a file was not taken, and what to do."""
    known = BROKEN.get(error.code)
    return paragraphs(
        tr.say("<b>The statement was not taken in.</b>"),
        tr.say(known) if known else tr.say("It is no statement that we can read: {code}.", code=error.code),
        tr.say("Statements are read as 1CClientBankExchange (text or XML), CSV, XLSX and PrivatBank's JSON."),
    )


def split_screen(ctx: Ctx, view: LineView, choice: Choice, opens: Sequence[Open]) -> Screen:
    """The command to copy holds the oldest-first sums, to be corrected before it is sent."""
    tr, number, client = ctx.tr, view.row.number, choice.candidate.client
    if not opens:
        text = paragraphs(heading(tr, view), tr.say("<b>{client}</b> owes nothing just now.", client=choice.name))
        return Screen(text, keyboard.split(tr, number, client, choice.mark))
    left = view.advance
    sums: list[str] = []
    for one in opens:
        part = min(left, one.rest)
        if part > ZERO and len(sums) < SHOWN:
            sums.append(f"{label(one).upper()}={typed(part)}")
            left -= part
    text = paragraphs(
        heading(tr, view),
        lines(
            tr.say("<b>{client}</b> has to pay:", client=choice.name),
            *(Markup("• {}").format(_open(tr, one)) for one in opens[:SHOWN]),
        ),
        tr.say(
            "Oldest first by the button; or copy the command, correct the sums and send it: <code>{command}</code>",
            command=f"/podil {number} {' '.join(sums)}",
        ),
    )
    return Screen(text, keyboard.split(tr, number, client, choice.mark))


def _choice(tr: Translator, one: Choice) -> Markup:
    return lines(
        Markup("<b>{}</b>").format(one.name),
        *(Markup("   {}").format(_share(tr, share.open, tr.money(share.amount))) for share in one.candidate.shares[:5]),
        Markup("   {}").format(tr.plural("… and {n} more", "… and {n} more", len(one.candidate.shares) - 5))
        if len(one.candidate.shares) > 5
        else None,
        Markup("   {}").format(tr.say("on account: {sum}", sum=tr.money(one.candidate.advance)))
        if one.candidate.advance
        else None,
        Markup("   <i>{}</i>").format(_reasons(tr, one.candidate)) if one.candidate.signs else None,
    )


def _reasons(tr: Translator, candidate: Candidate) -> str:
    return "; ".join(tr.label(words) for sign, words in SIGNS.items() if sign in candidate.signs)


def _share(tr: Translator, one: Open, sum_: str) -> str:
    return f"{tr.document(one.kind, one.number, one.dated)}: {sum_}"


def _open(tr: Translator, one: Open) -> str:
    return _share(tr, one, tr.money(one.rest))


def _went_to(tr: Translator, view: LineView) -> Markup:
    return lines(
        Markup("<b>{}</b>").format(view.client),
        *(
            Markup("• {}: {}").format(tr.document(one.kind, one.called, one.dated), tr.money(one.part.amount))
            for one in view.parts
        ),
        Markup("• {}").format(tr.say("on account: {sum}", sum=tr.money(view.advance))) if view.advance else None,
    )


def _decision(tr: Translator, view: LineView) -> Markup | None:
    last = view.last
    if last is None:
        return None
    said = {"name": last.by_name, "moment": tr.moment(last.at)}
    match last.state:
        case LineState.AUTOMATIC:
            signs = [tr.label(SIGNS[Sign(one)]) for one in last.detail.split(",") if one]
            return tr.say("Booked by itself, {moment}: {why}.", moment=said["moment"], why="; ".join(signs))
        case LineState.CHOSEN:
            return tr.say("Chosen by {name}, {moment}.", **said)
        case LineState.SPLIT:
            return tr.say("Split by {name}, {moment}.", **said)
        case LineState.UNDONE:
            return tr.say("Taken back by {name}, {moment}.", **said)
        case LineState.IGNORED if last.by_name:
            return tr.say("Set aside by {name}, {moment}.", **said)
    return None


def _paper(tr: Translator, view: LineView) -> Markup | None:
    paper = view.paper
    if paper is None:
        return None
    if paper.theirs:
        return tr.say("In 1C: {number}, which 1C loaded itself. Correct it there.", number=paper.called)
    return tr.say("In 1C: {number}.", number=paper.called)


def _taken(tr: Translator, taken: Taken) -> Markup:
    def said(words: str, *states: LineState) -> Markup | None:
        found = [taken.sums[one] for one in states if one in taken.sums]
        if not found:
            return None
        count, sum_ = sum(one for one, _ in found), sum((one for _, one in found), ZERO)
        return tr.say(words, n=count, sum=tr.money(sum_))

    return lines(
        tr.say("<b>The statement is taken in.</b> Lines: {n}, new: {new}.", n=taken.lines, new=taken.new),
        said(marked("Booked by themselves: {n}, {sum}"), LineState.AUTOMATIC),
        said(marked("To be identified: {n}, {sum}"), LineState.OFFERED, LineState.UNKNOWN),
        said(marked("Set aside: {n}, {sum}"), LineState.IGNORED),
        tr.say("1C does not answer: the lines wait and are booked when it does.") if taken.waits else None,
        tr.plural("{n} line could not be read.", "{n} lines could not be read.", taken.left_out)
        if taken.left_out
        else None,
    )


def _booked(tr: Translator, view: Overview) -> Markup | None:
    if not view.booked:
        return None
    said = ", ".join(f"№{row.number}" for row in view.booked)
    return tr.say("Booked last: {numbers}. To see or undo one: <code>/oplata №</code>", numbers=said)
