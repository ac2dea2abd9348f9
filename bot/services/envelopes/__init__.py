"""Documents that are signed: asked for, filled, approved by a lawyer, sent to the service, followed to the signatures.

desk.py is what people do, page.py where a client goes to sign; filling.py, sending.py, following.py, keeping.py and
reminding.py are jobs, in the order in which an envelope meets them.
"""

from bot.services.envelopes.access import Folder, signers
from bot.services.envelopes.desk import EnvelopeDesk
from bot.services.envelopes.filling import Filled, Filler
from bot.services.envelopes.jobs import EnvelopeJobs, envelope_jobs
from bot.services.envelopes.page import SignPage, SignView

__all__ = [
    "EnvelopeDesk",
    "EnvelopeJobs",
    "Filled",
    "Filler",
    "Folder",
    "SignPage",
    "SignView",
    "envelope_jobs",
    "signers",
]
