"""One screen brought to one chat: edited in place where that can be, sent anew where it cannot."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from aiogram.methods import DeleteMessage, EditMessageCaption, SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import ReplyParameters

from bot.conversation.event import Origin
from bot.conversation.screen import Attachment, Photo, Screen, Show
from bot.domain.errors import OutsideError
from bot.logs import log
from integrations.telegram.client import BotApi
from integrations.telegram.documents import REF, upload_of
from integrations.telegram.faults import Blocked, Migrated, Refusal
from integrations.telegram.keyboard import asks_phone, without_keyboard
from integrations.telegram.photos import UPLOAD_LIMIT as PICTURE_LIMIT
from integrations.telegram.photos import Photos, Picture
from integrations.telegram.remembered import Remembered
from integrations.telegram.rendering import edit_caption, edit_photo, edit_text, send_document, send_photo, send_text

_MENUS = 20_000
_log = log("integrations.telegram")
Menu = tuple[tuple[str, ...], ...]
Sending = SendMessage | SendPhoto | SendDocument


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, perhaps a topic in it, perhaps a message there that is answered."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None

    def on(self, drawn: Sending) -> Sending:
        """A message that is answered may be gone: then it goes without the quote."""
        if self.thread is not None:
            drawn.message_thread_id = self.thread
        if self.reply_to is not None:
            drawn.reply_parameters = ReplyParameters(message_id=self.reply_to, allow_sending_without_reply=True)
        return drawn


class Showing:
    """Knows which pictures Telegram has and which menu stands in which chat."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._photos = Photos()
        self._menus: Remembered[int, Menu] = Remembered(_MENUS)

    async def show(self, to: Address, screen: Screen, origin: Origin | None) -> str:
        """`origin` is the message whose button was tapped; returns the one in which the screen stands.

        Raises Unavailable, Rejected, Ambiguous.
        """
        chat = to.chat
        if chat < 0:
            screen = without_keyboard(screen)
        if isinstance(screen.media, Attachment):
            return await self._send_document(to, screen, screen.media)
        picture = await self._photos.of(screen.media) if screen.media else None
        if origin is None or screen.show is Show.SEND or origin.has_file:
            return await self._send(to, screen, picture)
        message = int(origin.message_id)
        if origin.has_media != (picture is not None) or self._wants_keyboard(chat, screen):
            sent = await self._send(to, screen, picture)
            await self._delete(chat, message)
            return sent
        if await self._edited(chat, message, screen, picture):
            return origin.message_id
        return await self._send(to, screen, picture)

    async def call(self, method: TelegramMethod[Any]) -> Any:
        """Raises Unavailable, Rejected, Ambiguous."""
        return await self._api.call(method)

    async def renew(self, chat: int, message: str, screen: Screen) -> bool:
        """Edit an earlier message; false where it is gone, or is a text and was a file. Raises Unavailable, Rejected.

        Of a file only the words under it change.
        """
        if isinstance(screen.media, Attachment):
            return await self._replaced(edit_caption(chat, int(message), screen))
        return await self._edited(chat, int(message), screen, None)

    def _wants_keyboard(self, chat: int, screen: Screen) -> bool:
        """Whether the person's own keyboard has to change, which an edit cannot do."""
        if asks_phone(screen):
            return True
        return not screen.rows and bool(screen.menu) and self._menus.get(chat) != _labels(screen)

    async def _edited(self, chat: int, message: int, screen: Screen, picture: Picture | None) -> bool:
        """False where the message is gone, too old or of another kind."""
        return await self._unless_gone(self._edit(chat, message, screen, picture))

    async def _replaced(self, edit: EditMessageCaption) -> bool:
        return await self._unless_gone(self._api.call(edit))

    async def _unless_gone(self, editing: Coroutine[Any, Any, object]) -> bool:
        try:
            await editing
        except (Blocked, Migrated):
            raise
        except Refusal as refusal:
            if refusal.is_unmodified:
                return True
            if refusal.code != 400:
                raise
            _log.info("telegram message not edited", reason=refusal.description[:100])
            return False
        return True

    async def _edit(self, chat: int, message: int, screen: Screen, picture: Picture | None) -> None:
        if picture is None:
            await self._api.call(edit_text(chat, message, screen))
        elif self._photos.is_shown(chat, message, picture):
            await self._api.call(edit_caption(chat, message, screen))
        else:
            edited = await self._api.call(edit_photo(chat, message, screen, picture.ref), picture.upload)
            self._photos.sent(picture, edited)

    async def _send_document(self, to: Address, screen: Screen, attachment: Attachment) -> str:
        """Always a message of its own: a person keeps it. What is no picture after all goes as a file."""
        upload = await upload_of(attachment)
        if attachment.picture and len(upload.content) <= PICTURE_LIMIT:
            try:
                sent = await self._api.call(to.on(send_photo(to.chat, screen, REF)), upload)
            except Refusal as refusal:
                if not refusal.is_no_picture:
                    raise
                sent = await self._api.call(to.on(send_document(to.chat, screen, REF)), upload)
        else:
            sent = await self._api.call(to.on(send_document(to.chat, screen, REF)), upload)
        self._note_menu(to.chat, screen)
        return _number_of(sent)

    async def _send(self, to: Address, screen: Screen, picture: Picture | None) -> str:
        sent = await self._sent(to, screen, picture)
        self._note_menu(to.chat, screen)
        return _number_of(sent)

    def _note_menu(self, chat: int, screen: Screen) -> None:
        if asks_phone(screen):
            self._menus.forget(chat)
        elif screen.menu and not screen.rows:
            self._menus.put(chat, _labels(screen))

    async def _sent(self, to: Address, screen: Screen, picture: Picture | None) -> Any:
        """The Message as JSON gave it."""
        if picture is None:
            return await self._api.call(to.on(send_text(to.chat, screen)))
        try:
            sent = await self._api.call(to.on(send_photo(to.chat, screen, picture.ref)), picture.upload)
        except Refusal as refusal:
            if picture.upload or not refusal.forgets_file or not isinstance(screen.media, Photo):
                raise
            self._photos.forget(picture)
            return await self._sent(to, screen, await self._photos.of(screen.media))
        self._photos.sent(picture, sent)
        return sent

    async def _delete(self, chat: int, message: int) -> None:
        """A message that stays does no harm: its buttons are checked like any other input."""
        try:
            await self._api.call(DeleteMessage(chat_id=chat, message_id=message))
        except OutsideError as error:
            _log.info("telegram message not deleted", code=error.code)


def _labels(screen: Screen) -> Menu:
    return tuple(tuple(button.label for button in row) for row in screen.menu)


def _number_of(sent: Any) -> str:
    """Of a Message as JSON gave it."""
    message = sent.get("message_id") if isinstance(sent, dict) else None
    return "" if message is None else str(message)
