"""What one client pays for what: the prices we give, in the catalogue's order."""

from dataclasses import dataclass
from datetime import date

from bot.domain.catalogue import ArticleView


@dataclass(frozen=True, slots=True)
class PriceSection:
    """A category with its articles; `path` is empty for articles that stand in none."""

    path: tuple[str, ...]
    articles: tuple[ArticleView, ...]


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """One client's prices on a day; `whole` is false where there were more articles than a sheet holds."""

    client: str
    on: date
    sections: tuple[PriceSection, ...]
    whole: bool = True

    @property
    def size(self) -> int:
        """How many articles."""
        return sum(len(section.articles) for section in self.sections)
