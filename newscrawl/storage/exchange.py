"""What went over the wire for one page, as far as it can be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

Headers = tuple[tuple[str, str], ...]
"""Names and values in the order they came, bytes read as Latin-1, so that they can be written back exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response."""

    url: str
    fetched_at: datetime
    """Aware; when the response was received."""
    status: int
    body: bytes = field(repr=False)
    """As it was received: still compressed when the headers say so, chunks joined."""
    status_text: str = ""
    response_headers: Headers = field(default=(), repr=False)
    method: str = "GET"
    request_headers: Headers = field(default=(), repr=False)
    request_body: bytes = field(default=b"", repr=False)
    ip: str | None = None
    """Of the server."""
    truncated: str | None = None
    """Why the body is not whole, in the words of WARC: ``length`` ``time`` ``disconnect`` ``unspecified``."""
    converted_from: str | None = None
    """Record id of the response that the body was made of, for what no server has sent: a page after its scripts ran."""
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What else is known, for the WARC metadata record: ``via``, ``hopsFromSeed``, ``fetchTimeMs`` …"""

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as it was sent."""
        return self.header("content-type")

    @property
    def status_line(self) -> str:
        """Code and words of the status; the usual words where the server's are not known."""
        return f"{self.status} {self.status_text or _usual_words(self.status)}".strip()

    def header(self, name: str) -> str | None:
        """Return the first response header of this name, in whatever case."""
        wanted = name.lower()
        return next((value for key, value in self.response_headers if key.lower() == wanted), None)


def _usual_words(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
