"""Refusals of the Viber API: HTTP 200 with a JSON status other than zero."""

NAMES = {
    0: "ok",
    1: "invalidUrl",
    2: "invalidAuthToken",
    3: "badData",
    4: "missingData",
    5: "receiverNotRegistered",
    6: "receiverNotSubscribed",
    7: "publicAccountBlocked",
    8: "publicAccountNotFound",
    9: "publicAccountSuspended",
    10: "webhookNotSet",
    11: "receiverNoSuitableDevice",
    12: "tooManyRequests",
    13: "apiVersionNotSupported",
    14: "incompatibleWithVersion",
    15: "publicAccountNotAuthorized",
    16: "inchatReplyMessageNotAllowed",
    17: "publicAccountIsNotInline",
    18: "noPublicChat",
    19: "cannotSendBroadcast",
    20: "broadcastNotAllowed",
    21: "unsupportedCountry",
    22: "paymentUnsupported",
    23: "freeMessagesExceeded",
    24: "noBalance",
}


class Refusal(Exception):
    """The API answers with this status; `message` None leaves status_message out, as Viber does for a dead webhook."""

    def __init__(self, status: int, message: str | None = "") -> None:
        self.status = status
        self.message = NAMES.get(status, "generalError") if message == "" else message
        super().__init__(f"{status} {self.message}")
