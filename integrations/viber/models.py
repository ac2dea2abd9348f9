"""The wire of Viber: tolerant in, since real callbacks omit and add fields at will."""

import hashlib
import json
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

ID_LIMIT = 128
TOKEN_LIMIT = 64


def _or_none(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError:
        return None


def _exact(value: Any) -> str | None:
    """A 64-bit token as text: an integer or a string, never a float, which would lose its last digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value[:TOKEN_LIMIT] or None if isinstance(value, str) else None


_lenient = WrapValidator(_or_none)
Text = Annotated[str | None, _lenient]
Whole = Annotated[int | None, _lenient]
Flag = Annotated[bool | None, _lenient]
Token = Annotated[str | None, BeforeValidator(_exact)]


class Wire(BaseModel):
    """Unknown fields are kept, known ones of a wrong type count as absent."""

    model_config = ConfigDict(extra="allow", frozen=True)


class User(Wire):
    """`sender` of a message, `user` of the other callbacks; the name is for show, never an identity."""

    id: Text = None
    name: Text = None
    language: Text = None
    country: Text = None
    api_version: Whole = None


class Card(Wire):
    """A contact: nothing in it says whose it is."""

    name: Text = None
    phone_number: Text = None


class Content(Wire):
    """What a person sent."""

    type: Text = None
    text: Text = None
    media: Text = None
    file_name: Text = None
    size: Whole = None
    contact: Annotated[Card | None, _lenient] = None


class Callback(Wire):
    """One call of the webhook."""

    event: Text = None
    timestamp: Whole = None
    message_token: Token = None
    user_id: Text = None
    sender: Annotated[User | None, _lenient] = None
    user: Annotated[User | None, _lenient] = None
    message: Annotated[Content | None, _lenient] = None
    context: Text = None
    subscribed: Flag = None
    silent: Flag = None
    desc: Text = None

    @property
    def person(self) -> User:
        return self.sender or self.user or User(id=self.user_id)

    @property
    def person_id(self) -> str | None:
        """The account, where it is one: a non-empty id of bounded length."""
        found = self.person.id
        return found if found and len(found) <= ID_LIMIT and found.isprintable() else None


class Answer(Wire):
    """What the API answers; an error may come without its message."""

    status: int
    status_message: Text = None
    message_token: Token = None
    billing_status: Whole = None
    name: Text = None
    uri: Text = None


def read_callback(body: str) -> Callback:
    """Raises ValueError for anything but a JSON object."""
    try:
        read = json.loads(body, object_hook=_whole_characters)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return Callback.model_validate(read)


def key_of(callback: Callback, body: str) -> str:
    """What a repeated callback has in common with the first: event and token; without a token, the body itself."""
    return f"{callback.event}:{callback.message_token or hashlib.sha256(body.encode()).hexdigest()[:32]}"


def _whole_characters(found: dict[str, Any]) -> dict[str, Any]:
    """Half of a surrogate pair is legal in JSON and in nothing that comes after it."""
    return {name: _mended(value) if isinstance(value, str) else value for name, value in found.items()}


def _mended(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
