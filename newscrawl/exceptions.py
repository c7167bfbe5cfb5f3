"""Everything that newscrawl raises on purpose.

    NewscrawlError                     .reason: a machine word
      PageError                        a page that cannot become an article; .url .detail
        UnreadablePage                 refused before or while it was parsed
        NotAnArticle                   read, and found to be something else
      TextError (ValueError)           a text file that cannot be repaired; .path
      SeedFormatError (ValueError)     a text that is not in the seed format; .line .detail
      SourceError (ValueError)         mistakes in source files; .mistakes, all at once
      UnknownSource (LookupError)      a source id that nobody has; .name .near
      UnknownRegion (LookupError)      a region's name that nobody or several have; .name .near
      ArchiveError                     .path
        ArchiveLocked                  another run is writing
        ArchiveDamaged                 what is on disk contradicts itself
        DiskFull                       no room, or not writable
      RenderingUnavailable             a source wants a browser, and the extra is not installed; .sources
      WorkerError                      a worker process overran its limits or died; .reason .detail

The reasons are words for statistics and for the quarantine; the message is a sentence for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NewscrawlError(Exception):
    """The root of the tree. ``reason`` is a machine word, ``str()`` a sentence."""

    reason: str = "error"


class PageError(NewscrawlError):
    """A page that cannot become an article; it is quarantined with its reason.

    >>> str(PageError("soft_404", "http://a.cn/1.html", "the page says 页面不存在"))
    'http://a.cn/1.html: soft_404: the page says 页面不存在'
    """

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        super().__init__(reason, url, detail)
        self.reason = reason
        self.url = url
        self.detail = detail

    def __str__(self) -> str:
        return ": ".join(part for part in (self.url, self.reason, self.detail) if part)


class UnreadablePage(PageError):
    """Refused before or while it was parsed.

    Reasons: ``empty`` ``too_large`` ``not_html`` ``too_many_tags`` ``huge_tag`` ``parse_limit`` ``charset``;
    of what was sent: ``corrupt_body`` ``partial_body``; of its capture: ``bad_record``; of the worker that read it: ``timeout`` ``memory`` ``crashed``;
    ``error`` is a defect of ours, with its traceback in the log.
    """


class NotAnArticle(PageError):
    """Read, and found to be something else.

    Reasons: ``soft_404`` ``list_page`` ``login_wall`` ``javascript_shell`` ``blocked`` ``video_only``
    ``parasite`` ``too_short`` ``no_headline`` ``not_chinese`` ``charset`` (what it decodes to is no Chinese text).
    """


class TextError(NewscrawlError, ValueError):
    """A text file that cannot be repaired: ``not_utf8`` ``empty`` ``too_large``."""

    def __init__(self, reason: str, path: Path, detail: str = "") -> None:
        super().__init__(reason, path, detail)
        self.reason = reason
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.path), self.reason, self.detail) if part)


class SeedFormatError(NewscrawlError, ValueError):
    """A text that is not in the seed format: ``.line`` (from 1) says where, ``.reason`` and ``.detail`` what.

    Reasons: ``empty`` ``bom`` ``control_character`` ``trailing_newline`` ``empty_line`` ``not_nfkc`` ``not_utf8``.
    """

    def __init__(self, reason: str, line: int, detail: str) -> None:
        super().__init__(reason, line, detail)
        self.reason = reason
        self.line = line
        self.detail = detail

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a source file, with the line it stands on (1-based, 0 when the whole file is meant)."""

    path: Path
    line: int
    where: str
    """The source id, and the table when it is not the top one."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.where}] {self.message}"


class SourceError(NewscrawlError, ValueError):
    """Mistakes in source files, all of them at once, one a line in the message."""

    reason = "sources"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(map(str, self.mistakes))


class UnknownSource(NewscrawlError, LookupError):
    """A source id that no file has; ``near`` holds the ids that look like it."""

    reason = "unknown_source"

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(name, near)
        self.name = name
        self.near = near

    def __str__(self) -> str:
        hint = f" - did you mean {' or '.join(map(repr, self.near))}?" if self.near else ""
        return f"no source {self.name!r}{hint} (scrapy list shows them all)"


class UnknownRegion(NewscrawlError, LookupError):
    """A region's name that nobody has, or that several have; ``near`` holds the paths that may be meant."""

    reason = "unknown_region"

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(name, near)
        self.name = name
        self.near = near

    def __str__(self) -> str:
        hint = f" - did you mean {' or '.join(map(repr, self.near))}?" if self.near else ""
        return f"no region {self.name!r}{hint}"


class ArchiveError(NewscrawlError):
    """The archive at ``path`` cannot be used as asked."""

    reason = "archive"

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class ArchiveLocked(ArchiveError):
    """Another run is writing to the archive."""

    reason = "locked"


class ArchiveDamaged(ArchiveError):
    """What is on disk contradicts itself; nothing was changed."""

    reason = "damaged"


class DiskFull(ArchiveError):
    """No room is left, or the folder cannot be written to."""

    reason = "disk"


class RenderingUnavailable(NewscrawlError):
    """A source says ``render = true``, and the packages for it are not installed."""

    reason = "no_browser"

    def __init__(self, sources: tuple[str, ...]) -> None:
        super().__init__(sources)
        self.sources = sources

    def __str__(self) -> str:
        return (
            f"{', '.join(self.sources)}: render = true needs a browser: pip install 'newscrawl[js]', and Chromium "
            "(apt install chromium, or playwright install chromium)"
        )


class WorkerError(NewscrawlError):
    """A worker process overran its limits or died; ``timeout`` ``memory`` ``crashed``, or ``unavailable``: none starts."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"worker: {self.reason}: {self.detail}"
