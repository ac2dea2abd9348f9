"""The methods of SMS API 3.0: parameters in, `result` out; numbers travel as strings."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType

from sandbox.atompark import delivery as words
from sandbox.atompark import parameters as read
from sandbox.atompark.account import CURRENCY, Account, Campaign, Denied, SenderName
from sandbox.atompark.delivery import Delivery
from sandbox.atompark.parameters import Params, Rows

Result = dict[str, object]

UAH_PER = MappingProxyType(
    {
        "UAH": Decimal(1),
        "USD": Decimal("42.00"),
        "EUR": Decimal("48.00"),
        "GBP": Decimal("56.00"),
        "RUB": Decimal("0.50"),
    }
)
NO_DATE = "0000-00-00 00:00:00"


def get_user_balance(account: Account, params: Params) -> Result:
    currency = params.get("currency", "").upper()
    currency = currency if currency in UAH_PER else CURRENCY
    return {"balance_currency": f"{account.balance / UAH_PER[currency]:.2f}", "currency": currency}


def send_sms(account: Account, params: Params) -> Result:
    """One text to one phone. Raises Denied 300, 301, 303, 305, 306."""
    return _accept(account, params, read.valid([(params.get("phone", ""), "")], wrong=303))


def send_sms_group(account: Account, params: Params) -> Result:
    """One template to many phones: `phones` is JSON [["phone","v1;v2"],...], a variable is written %1%."""
    return _accept(account, params, read.recipients(params, wrong=303))


def check_campaign_price_group(account: Account, params: Params) -> Result:
    """What such a group would cost. Raises Denied 370, 371, 373."""
    _approved_sender(account, params, wrong=370)
    text = read.text(params, missing=371)
    rows = read.recipients(params, wrong=373)
    price = account.price(read.deliveries(rows, text, start=account.now(), lifetime=0, wrong=371))
    return {"price": str(price), "currency": CURRENCY}


def get_campaign_info(account: Account, params: Params) -> Result:
    campaign = _campaign(account, params.get("id", ""), wrong=310)
    now = account.now()
    statuses = [_status(campaign, one, now) for one in campaign.deliveries]
    delivered = statuses.count(words.DELIVERED)
    open_ = statuses.count(words.SENT)
    waiting = statuses.count(words.QUEUED)
    return {
        "sent": str(len(statuses) - waiting),
        "delivered": str(delivered),
        "not_delivered": str(len(statuses) - waiting - open_ - delivered),
        "price": str(campaign.price),
        "status": str(campaign.status(now)),
    }


def get_campaign_delivery_stats(account: Account, params: Params) -> Result:
    """Parallel arrays, a place per phone; `datefrom` leaves what changed since. Raises Denied 320, 322."""
    campaign = _campaign(account, params.get("id", ""), wrong=320)
    return _stats(account, [campaign], since=read.moment(params, "datefrom", wrong=320))


def get_campaign_delivery_stats_group(account: Account, params: Params) -> Result:
    """The same arrays for many campaigns: `id` is a list with commas."""
    named = [one.strip() for one in params.get("id", "").split(",")]
    return _stats(account, [_campaign(account, one, wrong=320) for one in named[: read.MAX_RECIPIENTS]], since=0.0)


def get_sender_status(account: Account, params: Params) -> Result:
    """By `idName`, by `name` and `country`, or all of them as a table. Raises Denied 264."""
    if "idName" in params:
        found = [one for one in account.senders.values() if str(one.id) == params["idName"]]
        if not found:
            raise Denied(264, "Sender name is not found")
        return _sender_row(found[0])
    if params.get("name"):
        return _sender_row(account.sender(params["name"]))
    rows = [list(_sender_row(one).values()) for one in account.senders.values()]
    return {"count": str(len(rows)), "fields": ["id", "name", "country", "status"], "data": rows}


METHODS: Mapping[str, Callable[[Account, Params], Result]] = MappingProxyType(
    {
        "getuserbalance": get_user_balance,
        "sendsms": send_sms,
        "sendsmsgroup": send_sms_group,
        "checkcampaignpricegroup": check_campaign_price_group,
        "getcampaigninfo": get_campaign_info,
        "getcampaigndeliverystats": get_campaign_delivery_stats,
        "getcampaigndeliverystatsgroup": get_campaign_delivery_stats_group,
        "getsenderstatus": get_sender_status,
    }
)
"""By the lower-case action: clients write the case differently, the signature takes it as written."""


def _accept(account: Account, params: Params, rows: Rows) -> Result:
    sender = _approved_sender(account, params, wrong=300)
    text = read.text(params, missing=301)
    starts_at = max(account.now(), read.moment(params, "datetime", wrong=306))
    lifetime = read.lifetime(params, wrong=306)
    deliveries = read.deliveries(rows, text, start=starts_at, lifetime=lifetime, wrong=306)
    is_test = params.get("test", "") not in {"", "0"}
    campaign = account.accept(sender, deliveries, starts_at=starts_at, is_test=is_test)
    return {"id": str(campaign.id), "price": str(campaign.price), "currency": CURRENCY}


def _approved_sender(account: Account, params: Params, *, wrong: int) -> str:
    name = read.sender(params, missing=wrong)
    if account.sender(name).status != 1:
        raise Denied(wrong, "Sender name is not approved")
    return name


def _campaign(account: Account, written: str, *, wrong: int) -> Campaign:
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
    if number not in account.campaigns:
        raise Denied(wrong, "Wrong campaign id")
    return account.campaigns[number]


def _stats(account: Account, campaigns: list[Campaign], *, since: float) -> Result:
    now = account.now()
    arrays: dict[str, list[str]] = {"phone": [], "sentdate": [], "donedate": [], "status": []}
    for campaign in campaigns:
        for one in campaign.deliveries:
            status = _status(campaign, one, now)
            sent = one.sent_at if status != words.QUEUED else None
            done = one.done_at if status not in {words.QUEUED, words.SENT} else None
            if max(campaign.starts_at, sent or 0.0, done or 0.0) < since:
                continue
            row = (one.phone, _written(sent), _written(done), status)
            for array, value in zip(arrays.values(), row, strict=True):
                array.append(value)
    if not arrays["phone"]:
        raise Denied(322, "No phones")
    return dict(arrays)


def _status(campaign: Campaign, one: Delivery, now: float) -> str:
    return words.QUEUED if campaign.is_test else one.status(now)


def _written(moment: float | None) -> str:
    return NO_DATE if moment is None else datetime.fromtimestamp(moment, UTC).strftime(read.DATE)


def _sender_row(sender: SenderName) -> Result:
    return {"id": str(sender.id), "name": sender.name, "country": sender.country, "status": str(sender.status)}
