"""The pictures a topic may have, free for every bot."""

from typing import Any

Json = dict[str, Any]
SIDE = 512
ICONS = {
    "5434144690511290129": "\N{NEWSPAPER}",
    "5312536423851630001": "\N{ELECTRIC LIGHT BULB}",
    "5312016608254762256": "\N{HIGH VOLTAGE SIGN}",
    "5350554349074391003": "\N{PERSONAL COMPUTER}",
    "5417915203100613993": "\N{SPEECH BALLOON}",
    "5377316857231450742": "\N{BLACK QUESTION MARK ORNAMENT}",
}


def sticker(icon: str) -> Json:
    """The wire's Sticker."""
    return {
        "file_id": f"CAACAgEAAxUAAW{icon}",
        "file_unique_id": f"AgAD{icon}",
        "type": "custom_emoji",
        "width": SIDE,
        "height": SIDE,
        "is_animated": True,
        "is_video": False,
        "emoji": ICONS[icon],
        "set_name": "Topics",
        "custom_emoji_id": icon,
        "needs_repainting": False,
    }
