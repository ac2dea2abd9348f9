"""What can go wrong, by who has to act.

KomoraError
├── BusinessError      a person asked for something that cannot be
│   ├── Refused        a rule says no; `code` names the rule, `values` fill its sentence
│   ├── Outdated       the button or the screen belongs to an earlier state
│   ├── NotFound       there is no such thing for this person
│   └── Forbidden      it exists, but not for this person
└── OutsideError       another system did not do its part
    ├── Unavailable    try again later
    ├── Rejected       do not try again as it is
    └── Ambiguous      it may have happened: look before repeating
"""


class KomoraError(Exception):
    """Everything Komora raises on purpose."""


class BusinessError(KomoraError):
    """A request of a person that cannot be met; handlers/errors.py holds the words."""


class Refused(BusinessError):
    """A rule says no."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Outdated(BusinessError):
    """The button or the screen belongs to an earlier state."""


class NotFound(BusinessError):
    """There is no such thing for this person."""


class Forbidden(BusinessError):
    """It exists, but not for this person."""


class OutsideError(KomoraError):
    """Another system did not do its part."""

    of_system = False
    """It concerns us as a caller and not this request: any other is likely to meet with the same."""

    def __init__(
        self, system: str, operation: str, code: str | int | None = None, request_id: str | None = None
    ) -> None:
        super().__init__(f"{system} {operation}: {code if code is not None else 'no answer'}")
        self.system = system
        self.operation = operation
        self.code = code
        self.request_id = request_id


class Unavailable(OutsideError):
    """Did not happen, may succeed later."""


class Rejected(OutsideError):
    """Did not happen and will not, as it is."""


class Ambiguous(OutsideError):
    """May have happened: look before repeating."""
