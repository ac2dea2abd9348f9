"""Keyboards under messages: what the published types do not say about them."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.people import Chat
from sandbox.telegram.text import is_link
from sandbox.telegram.utf16 import utf16_length

Json = dict[str, Any]
MOST_BUTTONS = 100
DATA_BYTES = 64
STYLES = ("danger", "success", "primary")
APPEARANCE = ("text", "style", "icon_custom_emoji_id")


def markup_kind(markup: Json | None) -> str:
    """inline, reply, remove, force or none."""
    kinds = {"inline_keyboard": "inline", "keyboard": "reply", "remove_keyboard": "remove", "force_reply": "force"}
    return next((kind for key, kind in kinds.items() if markup is not None and key in markup), "none")


def check_markup(markup: Json | None, chat: Chat) -> None:
    """Raises ApiError 400 as Telegram does for a keyboard it would not take."""
    if markup is None:
        return
    rows: list[list[Json]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in (button for row in rows for button in row):
        if button.get("style") not in (None, *STYLES):
            raise bad_request("can't parse keyboard button: invalid button style specified")
        if "inline_keyboard" in markup:
            _check_inline(button)
        else:
            _check_reply(button, chat)
    placeholder = markup.get("input_field_placeholder", "")
    if utf16_length(placeholder) > 64:
        raise bad_request("input field placeholder is too long")
    if markup_kind(markup) == "reply" and not any(rows):
        raise bad_request("reply keyboard must have at least one button")


def _check_inline(button: Json) -> None:
    actions = button.keys() - set(APPEARANCE)
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action is expected")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not is_link(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url'][:200]}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= utf16_length(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_reply(button: Json, chat: Chat) -> None:
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    if button.get("request_contact") and chat.kind != "private":
        raise bad_request("phone number can be requested in private chats only")
    if button.get("request_location") and chat.kind != "private":
        raise bad_request("location can be requested in private chats only")
    if len(button.keys() - set(APPEARANCE)) > 1:
        raise bad_request("can't parse keyboard button: exactly one action is expected")
