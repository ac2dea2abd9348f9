"""What no way brought to a client, said in the client's topic: what, to whom, why, and what to do."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.conversation.screen import Screen, Show
from bot.domain.notice import NoticeKind
from bot.i18n import Translator, marked
from bot.jobs.desk_words import Posted
from handlers.app import Ctx
from handlers.staff.messages import KINDS, reason_words
from handlers.wording import lines, paragraphs

CALL = marked("Please call and tell it.")
TO_DO: Mapping[str, str] = {
    "unreachable": marked(
        "Please call. So that it reaches them next time, have a phone or a mailbox entered in 1C, or invite them "
        "into the chat."
    ),
    "costs": marked("Please call: by the ways that are left it would cost more than it is worth."),
    "budget": marked("Please call. The administrator can raise this month's budget for messages."),
    "bad_phone": marked("Please ask for the right phone, and have it corrected in 1C."),
    "bounced": marked("Please ask for the right mailbox, and have it corrected in 1C."),
    "opted_out": marked("They want no text messages: please call, and offer the chat."),
}


def untold(ctx: Ctx, posted: Posted) -> Screen:
    tr, said = ctx.tr, posted.said
    notices, more = _list(said["notices"]), int(str(said["more"]))
    to_do = dict.fromkeys(TO_DO.get(str(one["reason"]).partition(" ")[0], CALL) for one in notices)
    text = paragraphs(
        tr.say("<b>{client} could not be told:</b>", client=posted.title),
        lines(
            *(_notice(tr, one) for one in notices),
            tr.plural("… and {n} more", "… and {n} more", more) if more else None,
        ),
        lines(*(tr.say(words) for words in to_do)),
    )
    return Screen(text, show=Show.SEND)


def _notice(tr: Translator, one: Mapping[str, Any]) -> Markup:
    what = tr.label(KINDS[NoticeKind(one["kind"])])
    if one["number"]:
        what = tr.label("{what} ({number})", what=what, number=one["number"])
    why = reason_words(tr, one["reason"])
    if one["person"]:
        return Markup("• {}: {} ({})").format(one["person"], what, why)
    return Markup("• {} ({})").format(what, why)


def _list(said: Any) -> list[Mapping[str, Any]]:
    return list(said)
