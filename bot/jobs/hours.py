"""When what is asked for by the clock is asked for, as cron says it, in Kyiv."""

from bot.domain.accounting import Subject

PULLS = {
    Subject.ORDERS: "* * * * *",
    Subject.STOCK: "*/10 * * * *",
    Subject.PRICES: "5,20,35,50 * * * *",
    Subject.RECEIVABLES: "7,22,37,52 * * * *",
    Subject.CLIENTS: "12,42 * * * *",
    Subject.CATALOGUE: "15 */4 * * *",
}
"""When each subject is taken in, Kyiv time: what changes often is asked for often, and not all at one minute."""
FAR = "25,55 * * * *"
"""When orders of the last weeks are looked at too, not only the latest."""
RECONCILED = "30 6 * * *"
CARDS_RECONCILED = "40 6 * * *"
GATHERED = "3 * * * *"
LOOKED_AT = "6,21,36,51 * * * *"
"""Right before debts are taken in, so that they are known to hold what was posted by then."""
DIGESTED = "40 8 * * *"
"""After debts were taken in; on a day off they are only noted."""
FIGURED = "50 8 * * *"
"""Only on the first working morning of a week is anybody told."""
HELD = "0 9,14 * * *"
NEWS_TOLD = "10 9 * * *"
"""After the pulls of the morning, when people are awake."""
FAILURES_TOLD = "30 9 * * *"
UNSURE_TOLD = "20 8-19 * * *"
DEBTS_LOOKED_AT = "*/10 * * * *"
"""Reminders begin as soon as the office is open and debts are fresh."""
SWEPT = "*/15 * * * *"
ALLOWANCE_WATCHED = "5 9 * * *"
ENVELOPES_STARTED = "15 9 * * *"
ENVELOPES_REMINDED = "20 9 * * *"
REGISTERED_LOOKED_FOR = "50 9 * * *"
CHECKED = "*/10 * * * *"
"""Prices may have been old without a silence: a pull that failed, a rule that kept it from being whole."""
