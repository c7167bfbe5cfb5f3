"""What the archive says about a page: one line an article, reprint or duplicate, one line a quarantined page.

``write_entry`` and ``parse_entry`` mirror each other; a field of `Metadata` is a member of the line, the raw
words and the place they stood at are under ``provenance``, times are ISO 8601. A reader meets a line of
a later format with a clear error, and a member it does not know without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.items import Article, Capture, Cut, Metadata, Provenance, Region, WarcPointer
from newscrawl.storage.changes import Change
from newscrawl.storage.lines import FORMAT, BadLine, read_lines, write_line
from newscrawl.storage.seed_file import parse_seed_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEntry:
    """An archived article: everything about it but its text, which is in the seed file."""

    capture: Capture
    path: str
    """Of the seed file, relative to the archive, with slashes."""
    sha256: str
    text_fingerprint: str
    headline: str | None
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    cuts: tuple[Cut, ...] = field(default=(), repr=False)
    """Against the body of the repaired text."""
    flags: tuple[str, ...] = ()
    edition: str = "repaired"
    """What the seed file holds: ``repaired`` or ``as-found``."""
    site: str | None = None
    """What the site that printed it calls itself."""
    story: str | None = None
    previous: str | None = None
    """Path of the version of the same URL that was archived before this one."""
    compared: int = 0
    """By which version of the comparison it was compared with the other texts; 0 when it was not."""
    versions: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of the programs and rules that made it, by name."""

    @property
    def ordinal(self) -> int:
        """The number of the seed file in its folder."""
        name = parse_seed_name(PurePosixPath(self.path).name)
        if name is None:
            raise ValueError(f"{self.path} is not the path of a seed file")
        return name.ordinal

    def article(self, text: str) -> Article:
        """Return the article again, given the text of its seed file (edition ``repaired``)."""
        body = text.removeprefix(self.headline).removeprefix("\n") if self.headline else text
        return Article(
            capture=self.capture,
            headline=self.headline,
            body=body,
            cuts=self.cuts,
            flags=self.flags,
            metadata=self.metadata,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintEntry:
    """A text that adds nothing to an archived one: told by its changes, and as whole as an article."""

    capture: Capture
    path: str
    """Of the seed file that the changes are against."""
    relation: str
    """What it is to the text of that file: ``same`` or ``part_of``."""
    changes: tuple[Change, ...] = field(repr=False)
    sha256: str
    """Of the seed file that its text would be."""
    text_fingerprint: str
    headline: str | None
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    cuts: tuple[Cut, ...] = field(default=(), repr=False)
    flags: tuple[str, ...] = ()
    edition: str = "repaired"
    site: str | None = None
    story: str | None = None
    compared: int = 0
    versions: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateEntry:
    """A page whose article the archive has already, but for what the comparing form leaves out."""

    capture: Capture
    duplicate_of: str
    """Path of the archived article."""
    text_fingerprint: str
    headline: str | None = None
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)
    """Against the seed file of that article."""
    sha256: str | None = None
    """Of the seed file that its text would be; None in lines of before changes were kept."""
    cuts: tuple[Cut, ...] = field(default=(), repr=False)
    flags: tuple[str, ...] = ()
    site: str | None = None
    story: str | None = None

    @property
    def path(self) -> str:
        """Path of the archived article, under the name that the other entries have for it."""
        return self.duplicate_of

    @property
    def compared(self) -> int:
        """It need not be: it is what its article is."""
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineEntry:
    """A page that could not become an article, and why."""

    capture: Capture
    reason: str
    detail: str = ""


TextEntry = ArticleEntry | ReprintEntry | DuplicateEntry
Entry = TextEntry | QuarantineEntry

_KINDS: Mapping[type[Entry], str] = {
    ArticleEntry: "article",
    ReprintEntry: "reprint",
    DuplicateEntry: "duplicate",
    QuarantineEntry: "quarantine",
}
_METADATA = tuple(f.name for f in fields(Metadata) if f.name != "provenance")
_CUT = tuple(f.name for f in fields(Cut))
_SPREAD = frozenset({"capture", "metadata"})
"""Fields whose own members are members of the line."""
_DATES = frozenset({"date_published", "date_modified"})


def write_entry(entry: Entry) -> bytes:
    """Return the line of an entry."""
    values: dict[str, Any] = {"format": FORMAT, "kind": _KINDS[type(entry)]}
    for f in fields(entry):
        value = getattr(entry, f.name)
        if isinstance(value, Capture):
            values |= capture_members(value)
        elif isinstance(value, Metadata):
            values |= _metadata_members(value)
        else:
            values[f.name] = _plain(value)
    return write_line(values)


def parse_entry(values: Mapping[str, Any]) -> Entry:
    """Return the entry of a line, given its JSON object.

    Raises:
        BadLine: a later format, an unknown kind, a member missing or of the wrong type.
    """
    if values.get("format") != FORMAT:
        raise BadLine(f"format {values.get('format')!r} is not known to this version ({FORMAT})")
    kind = next((kind for kind, word in _KINDS.items() if word == values.get("kind")), None)
    if kind is None:
        raise BadLine(f"unknown kind {values.get('kind')!r}")
    try:
        return kind(**dict(_members(kind, values)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadLine(f"{kind.__name__}: {type(error).__name__}: {error}") from error


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest or of the quarantine, in the order they were written.

    Raises:
        ArchiveDamaged: at the first line that is not what was written.
    """
    for line in read_lines(path):
        try:
            if line.problem or line.values is None:
                raise BadLine(line.problem)
            yield parse_entry(line.values)
        except BadLine as error:
            raise ArchiveDamaged(path, f"byte {line.offset}: {error}") from error


def _members(kind: type[Entry], values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for f in fields(kind):
        if f.name in values or f.name in _SPREAD or f.default is MISSING:
            yield f.name, _field(f.name, values)  # else: an older line, from before the member was kept


def _field(name: str, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
    match name:
        case "capture":
            return parse_capture(values)
        case "metadata":
            return _parse_metadata(values)
        case "cuts":
            return tuple(Cut(**cut) for cut in values["cuts"])
        case "changes":
            return tuple(Change(*change) for change in values["changes"])
        case "flags":
            return tuple(values["flags"])
        case _:
            return values[name]


def capture_members(capture: Capture) -> dict[str, Any]:
    """Return the members of a line that say which page it is about."""
    return {
        "url": capture.url,
        "source": capture.source,
        "captured_at": capture.captured_at.astimezone(UTC).isoformat(),
        "warc": asdict(capture.warc) if capture.warc else None,
    }


def parse_capture(values: Mapping[str, Any]) -> Capture:
    """Return the page that a line is about; mirrors ``capture_members``."""
    warc = WarcPointer(**values["warc"]) if values["warc"] else None
    return Capture(values["url"], values["source"], datetime.fromisoformat(values["captured_at"]), warc)


def _metadata_members(metadata: Metadata) -> dict[str, Any]:
    members = {name: _plain(getattr(metadata, name)) for name in _METADATA}
    found = {name: {"raw": p.raw, "where": p.where} for name, p in metadata.provenance.items()}
    return {**members, "provenance": found}


def _parse_metadata(values: Mapping[str, Any]) -> Metadata:
    members = {name: _metadata_value(name, values[name]) for name in _METADATA if name in values}
    found = {name: Provenance(**p) for name, p in values.get("provenance", {}).items()}
    return Metadata(**members, provenance=found)


def _metadata_value(name: str, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value) if len(value) == len("2023-08-10") else datetime.fromisoformat(value)
    if name == "region":
        return Region(value["code"], tuple(value["names"]))
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:  # noqa: ANN401
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Cut):
        return {name: getattr(value, name) for name in _CUT}
    if isinstance(value, Region):
        return {"code": value.code, "names": list(value.names)}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return dict(value) if isinstance(value, Mapping) else value
