"""Control side: acting as the person."""

from typing import Any

from sandbox.viber import acting
from sandbox.viber.asked import Asked, Wrong
from sandbox.viber.callbacks import Callback
from sandbox.viber.person import LONGEST_MESSAGE

KYIV = (50.4501, 30.5234)


async def open_chat(asked: Asked) -> Any:
    return await report(asked, acting.open_chat(asked.world, asked.person(), asked.optional_text("context")))


async def say(asked: Asked) -> Any:
    text = asked.text("text", longest=LONGEST_MESSAGE)
    if not text.strip():
        raise Wrong("text: must not be empty")
    return await report(asked, acting.write(asked.world, asked.person(), {"type": "text", "text": text}))


async def tap(asked: Asked) -> Any:
    """By index in the keyboard (or in the rich media `message`), or any ActionBody that a hostile person types."""
    world, person = asked.world, asked.person()
    if asked.has("action_body"):
        message = {"type": "text", "text": asked.text("action_body")}
        return await report(asked, acting.write(world, person, message, silent=asked.flag("silent")))
    shown = (
        acting.card_buttons(person, asked.whole("message")) if asked.has("message") else acting.buttons_shown(person)
    )
    index = asked.whole("index")
    if index >= len(shown):
        raise acting.Impossible(f"no button {index}: {len(shown)} are on the screen")
    latitude, longitude = asked.number("lat", KYIV[0], -90, 90), asked.number("lon", KYIV[1], -180, 180)
    return await report(asked, acting.tap(world, person, shown[index], latitude=latitude, longitude=longitude))


async def share_phone(asked: Asked) -> Any:
    phone = asked.text("phone", longest=20) if asked.has("phone") else None
    return await report(asked, acting.share_phone(asked.world, asked.person(), phone, empty=asked.flag("empty")))


async def send_contact(asked: Asked) -> Any:
    contact = {"name": asked.text("name", "Контакт", 100), "phone_number": asked.text("phone", longest=20)}
    return await report(asked, acting.write(asked.world, asked.person(), {"type": "contact", "contact": contact}))


async def send_location(asked: Asked) -> Any:
    location = {
        "lat": asked.number("lat", lowest=-90, highest=90),
        "lon": asked.number("lon", lowest=-180, highest=180),
    }
    return await report(asked, acting.write(asked.world, asked.person(), {"type": "location", "location": location}))


async def send_sticker(asked: Asked) -> Any:
    message = {"type": "sticker", "sticker_id": asked.whole("sticker_id", 46105, 1)}
    return await report(asked, acting.write(asked.world, asked.person(), message))


async def send_url(asked: Asked) -> Any:
    message = {"type": "url", "media": asked.text("url", longest=2000)}
    return await report(asked, acting.write(asked.world, asked.person(), message))


async def see(asked: Asked) -> Any:
    return await report(asked, acting.see(asked.world, asked.person()))


async def block(asked: Asked) -> Any:
    return await report(asked, acting.block(asked.world, asked.person()))


async def subscribe(asked: Asked) -> Any:
    return await report(asked, acting.subscribe(asked.world, asked.person()))


async def report_payment(asked: Asked) -> Any:
    status = {"type": "payment", "code": asked.whole("code", 0), "supported_psps": ["wayforpay"]}
    status["tracking_data"] = asked.text("tracking_data", "")
    return await report(asked, acting.report_payment(asked.world, asked.person(), status))


async def report(asked: Asked, callback: Callback | None) -> dict[str, Any]:
    """What was sent to the bot, None if it does not hear such events; with `wait` after the first try."""
    if callback is not None and asked.fields.get("wait") in (True, "1", "true"):
        await callback.answered.wait()
    return {"ok": True, "callback": callback.view() if callback is not None else None}
