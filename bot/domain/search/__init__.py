"""Catalogue search: tolerant of typing errors, mixed languages and Latin letters; pure, all in memory."""

from bot.domain.search.fold import fold, words
from bot.domain.search.index import Entry, Hit, Index
from bot.domain.search.synonyms import Synonyms

__all__ = ["Entry", "Hit", "Index", "Synonyms", "fold", "words"]
