"""CommerceML 2.03 to 2.10 in: catalogues, offers, prices and rests, as files or inside an archive."""

from integrations.onec.commerceml.reading import read
from integrations.onec.commerceml.sources import looks_like

__all__ = ["looks_like", "read"]
