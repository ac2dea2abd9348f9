"""Who the bot is and how updates reach it: getMe, getUpdates and the webhook."""

from typing import Any

from sandbox.telegram.errors import bad_request, conflict
from sandbox.telegram.methods.call import Call
from sandbox.telegram.webhook import Webhook, check_secret, check_url

Json = dict[str, Any]


async def get_me(call: Call) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return call.world.bot() | abilities


async def get_updates(call: Call) -> list[Json]:
    if call.courier.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(call)
    limit = call.asked.get("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    timeout = max(0, call.asked.get("timeout", 0))
    return await call.world.mailbox.poll(call.asked.get("offset", 0), limit, timeout)


async def set_webhook(call: Call) -> bool:
    url = call.asked["url"].strip()
    if not url:
        return await delete_webhook(call)
    check_url(url)
    secret = call.asked.get("secret_token", "")
    check_secret(secret)
    _remember_allowed(call)
    if call.asked.get("drop_pending_updates"):
        call.world.mailbox.clear()
    call.world.mailbox.interrupt("terminated by setWebhook request")
    webhook = Webhook(
        url=url,
        secret=secret,
        max_connections=_connections(call.asked.get("max_connections", 40)),
        ip_address=call.asked.get("ip_address", ""),
        certificate="certificate" in call.asked,
    )
    await call.courier.point_at(webhook)
    return True


async def delete_webhook(call: Call) -> bool:
    if call.asked.get("drop_pending_updates"):
        call.world.mailbox.clear()
    await call.courier.point_at(None)
    return True


async def get_webhook_info(call: Call) -> Json:
    webhook = call.courier.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": bool(webhook and webhook.certificate),
        "pending_update_count": len(call.world.mailbox.pending()),
    }
    if call.world.mailbox.allowed:
        info["allowed_updates"] = call.world.mailbox.allowed
    if webhook is not None:
        info |= {"max_connections": webhook.max_connections, "ip_address": webhook.ip_address or "127.0.0.1"}
        info |= webhook.last_error
    return info


def _remember_allowed(call: Call) -> None:
    """Left out, the last list stays; an empty one is the default set again."""
    if "allowed_updates" in call.asked:
        call.world.mailbox.allowed = call.asked["allowed_updates"]


def _connections(asked: int) -> int:
    if not 1 <= asked <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    return asked
