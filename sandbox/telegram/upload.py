"""A file that came with a call or from a person's phone."""

import mimetypes
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes, the name they came under and what they are said to be."""

    name: str
    content: bytes

    @property
    def mime(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"
