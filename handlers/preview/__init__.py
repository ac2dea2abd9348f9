"""Every screen there is, seen by talking to the real product, and the page that shows them side by side."""

from handlers.preview.backstage import Backstage
from handlers.preview.page import page
from handlers.preview.stage import Cast, Preview
from handlers.preview.walk import walk

__all__ = ["Backstage", "Cast", "Preview", "page", "walk"]
