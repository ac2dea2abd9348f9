"""The wire: bodies of calls in their four forms, bounded, and answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.upload import Upload

Json = dict[str, Any]
LARGEST_FILE = 50 * 1024 * 1024
LARGEST_BODY = LARGEST_FILE + 1024 * 1024
LARGEST_FORM = 1024 * 1024
MOST_PARTS = 128


@dataclass(slots=True)
class Form:
    """Parameters as they came (text, or JSON values of a JSON body) and the files beside them."""

    values: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


def too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")


async def read_form(request: web.Request) -> Form:
    """The query and the body of a request, the body winning. Raises ApiError 400 and 413."""
    form = Form(dict(request.query))
    if request.content_type.startswith("multipart/"):
        body = await read_multipart(MultipartReader(request.headers, request.content))
    else:
        body = parse_body(await read_bounded(request.content, LARGEST_FORM), request.content_type)
    form.values |= body.values
    form.files = body.files
    return form


async def read_bounded(stream: StreamReader, most: int) -> bytes:
    chunks, size = [], 0
    async for chunk in stream.iter_chunked(64 * 1024):
        size += len(chunk)
        if size > most:
            raise too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def parse_body(raw: bytes, content_type: str) -> Form:
    """A JSON or urlencoded body."""
    try:
        if content_type != "application/json":
            return Form(dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=1000)))
        values = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError):
        raise bad_request("can't parse the body of the request") from None
    if not isinstance(values, dict):
        raise bad_request("the body of the request is not a JSON object")
    return Form({name: value for name, value in values.items() if value is not None})


async def read_multipart(reader: MultipartReader) -> Form:
    form, room = Form(), LARGEST_BODY
    try:
        for _ in range(MOST_PARTS):
            part = await reader.next()
            if part is None:
                return form
            if not isinstance(part, BodyPartReader) or not part.name:
                raise bad_request("can't parse the multipart body")
            content = await _read_part(part, room)
            room -= len(content)
            if part.filename is not None:
                form.files[part.name] = Upload(part.filename[:255] or "file", content)
            else:
                form.values[part.name] = content.decode()
    except (ValueError, AssertionError):
        raise bad_request("can't parse the multipart body") from None
    raise bad_request("too many parts in the multipart body")


async def _read_part(part: BodyPartReader, room: int) -> bytes:
    most = min(room, LARGEST_FILE if part.filename is not None else LARGEST_FORM)
    content = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        content += chunk
        if len(content) > most:
            raise too_large()
    return bytes(content)


def attach_files(form: Form, declared: Mapping[str, list[str]]) -> Json:
    """Parameters with uploads put where a part bears a parameter's name or `attach://` points to one."""
    values = dict(form.values)
    for name, types in declared.items():
        value = values.get(name)
        if "InputFile" in types and isinstance(value, str) and value.startswith("attach://"):
            values[name] = attached(form, value)
        elif "InputFile" in types and name in form.files:
            values[name] = form.files[name]
    return values


def attached(form: Form, reference: str) -> Upload:
    upload = form.files.get(reference.removeprefix("attach://"))
    if upload is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return upload


def answer(status: int, body: Json) -> web.Response:
    return web.json_response(body, status=status, dumps=lambda one: json.dumps(one, ensure_ascii=False))
