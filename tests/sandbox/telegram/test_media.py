"""Photos, documents and files."""

import pytest
from aiohttp import web

from tests.sandbox.telegram.conftest import TOKEN, USER, Telegram, serve
from tests.sandbox.telegram.pictures import PNG, png

MEGABYTE = 1024 * 1024


async def photo(telegram: Telegram, content: bytes) -> str:
    told = await telegram.call("sendPhoto", files={"photo": ("a.png", content)}, chat_id=str(USER))
    return str(told.get("description", "sent"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (png(100, 5), "sent"),
        (png(101, 5), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (png(9_000, 1_001), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"", "Bad Request: file must be non-empty"),
        (b"<svg/>", "Bad Request: IMAGE_PROCESS_FAILED"),
        (
            PNG.ljust(10 * MEGABYTE + 1, b"\0"),
            "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_what_can_be_a_photo(telegram: Telegram, content: bytes, said: str) -> None:
    assert await photo(telegram, content) == said


async def test_fifty_megabytes_at_most_are_uploaded(telegram: Telegram) -> None:
    files = {"document": ("a.bin", b"\0" * (50 * MEGABYTE + 1))}
    answer = await telegram.http.post(f"/bot{TOKEN}/sendDocument", data={"chat_id": str(USER)}, files=files)
    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


async def test_more_than_twenty_megabytes_cannot_be_taken_back(telegram: Telegram) -> None:
    files = {"document": ("a.bin", b"\0" * (20 * MEGABYTE + 1))}
    sent = await telegram.call("sendDocument", files=files, chat_id=str(USER))
    said = await telegram.refusal("getFile", file_id=sent["result"]["document"]["file_id"])
    assert said == "400 Bad Request: file is too big"


async def test_a_known_file_is_sent_by_its_id_and_kept_apart_by_kind(telegram: Telegram) -> None:
    sent = await telegram.call("sendPhoto", files={"photo": ("a.png", PNG)}, chat_id=str(USER))
    file_id = sent["result"]["photo"][-1]["file_id"]
    again = await telegram.result("sendPhoto", chat_id=USER, photo=file_id)
    assert again["photo"] == sent["result"]["photo"]
    said = await telegram.refusal("sendDocument", chat_id=USER, document=file_id)
    assert said == "400 Bad Request: can't use file of type Photo as Document"
    unknown = await telegram.refusal("sendPhoto", chat_id=USER, photo="AgACx")
    assert unknown == "400 Bad Request: wrong file identifier/HTTP URL specified"


async def test_a_file_is_fetched_by_its_address_on_loopback(telegram: Telegram) -> None:
    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=png(7, 7), content_type="image/png")

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="не фото")

    app = web.Application()
    app.router.add_get("/борошно.png", picture)
    app.router.add_get("/page", page)
    runner, base = await serve(app)
    sent = await telegram.result("sendPhoto", chat_id=USER, photo=f"{base}/борошно.png")
    document = await telegram.result("sendDocument", chat_id=USER, document=f"{base}/борошно.png")
    wrong = await telegram.refusal("sendPhoto", chat_id=USER, photo=f"{base}/page")
    gone = await telegram.refusal("sendPhoto", chat_id=USER, photo=f"{base}/none.png")
    await runner.cleanup()
    assert (sent["photo"][-1]["width"], document["document"]["file_name"]) == (7, "борошно.png")
    assert wrong == "400 Bad Request: wrong type of the web page content"
    assert gone == "400 Bad Request: failed to get HTTP URL content"


async def test_an_address_elsewhere_is_not_asked_for(telegram: Telegram) -> None:
    said = await telegram.refusal("sendPhoto", chat_id=USER, photo="https://example.com/a.png")
    assert said == "400 Bad Request: failed to get HTTP URL content"


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_has_two_to_ten_items(telegram: Telegram, count: int) -> None:
    media = [{"type": "photo", "media": "x"}] * count
    said = await telegram.refusal("sendMediaGroup", chat_id=USER, media=media)
    assert said == "400 Bad Request: wrong number of media in an album: 2 to 10 are expected"


async def test_documents_do_not_lie_among_photos(telegram: Telegram) -> None:
    media = [{"type": "photo", "media": "x"}, {"type": "document", "media": "y"}]
    said = await telegram.refusal("sendMediaGroup", chat_id=USER, media=media)
    assert said == "400 Bad Request: document can't be mixed with other media types"


async def test_a_caption_holds_1024_units(telegram: Telegram) -> None:
    form = {"chat_id": str(USER), "caption": "я" * 1025}
    told = await telegram.call("sendPhoto", files={"photo": ("a.png", PNG)}, **form)
    assert told["description"] == "Bad Request: message caption is too long"


async def test_a_file_needs_the_token_and_its_path(telegram: Telegram) -> None:
    sent = await telegram.call("sendDocument", files={"document": ("рахунок.pdf", b"%PDF")}, chat_id=str(USER))
    file = await telegram.result("getFile", file_id=sent["result"]["document"]["file_id"])
    path = file["file_path"]
    assert path.startswith("documents/file_") and path.endswith(".pdf")
    assert (await telegram.http.get(f"/file/bot{TOKEN}/{path}")).content == b"%PDF"
    assert (await telegram.http.get(f"/file/bot1:x/{path}")).status_code == 401
    assert (await telegram.http.get(f"/file/bot{TOKEN}/documents/none")).status_code == 404


async def test_what_a_person_sends_does_not_run_in_the_phones_origin(telegram: Telegram) -> None:
    page = b"<script>alert(1)</script>"
    sent = await telegram.do(
        "send_file", user=USER, name="a.html", content_base64="PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="
    )
    shown = await telegram.http.get(f"/{sent['document']['url']}")
    assert (shown.content, shown.headers["Content-Type"]) == (page, "application/octet-stream")
    assert shown.headers["Content-Disposition"] == "attachment"
