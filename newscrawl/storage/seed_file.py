"""The seed file: its name, its bytes, and how one comes to disk.

``NNN_<16 hex>.txt``: the ordinal in its folder, three digits or more, and the first 64 bits of the SHA-256
of the file's bytes, so that ``sha256sum`` alone can check an archive. The bytes are UTF-8 without BOM, in
NFKC, lines end in LF, the last line does not; the first line is the headline, every other line one
paragraph; there is no empty line and no control character.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from newscrawl.exceptions import SeedFormatError
from newscrawl.storage.disk import Disk, write_file

_SEED_NAME = re.compile(r"(?P<ordinal>\d{3}|[1-9]\d{3,17})_(?P<digest16>[0-9a-f]{16})\.txt", re.ASCII)
# Cc but LF: control characters. Cs: lone surrogates, which UTF-8 cannot hold. U+2028/9: some readers
# end a line at them, and a line is a paragraph here.
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class SeedName(NamedTuple):
    """The two parts of a seed file's name."""

    ordinal: int
    """In its folder, from 0."""
    digest16: str
    """The first 16 hex digits of the SHA-256 of the file's bytes."""

    def __str__(self) -> str:
        return f"{self.ordinal:03}_{self.digest16}.txt"


def parse_seed_name(name: str) -> SeedName | None:
    """Return the parts of a seed file's name, or None when it is not one.

    >>> parse_seed_name("004_f6c4166ffba20072.txt")
    SeedName(ordinal=4, digest16='f6c4166ffba20072')
    >>> parse_seed_name("4_f6c4166ffba20072.txt") is None
    True
    """
    found = _SEED_NAME.fullmatch(name)
    return SeedName(int(found["ordinal"]), found["digest16"]) if found else None


def seed_name(ordinal: int, content: bytes) -> str:
    """Return the name of the seed file with these bytes.

    >>> seed_name(4, "淄博开展慰问".encode())
    '004_2807c9c8e8288c79.txt'
    """
    return str(SeedName(ordinal, sha256_of(content)[:16]))


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 in 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def encode_seed(text: str) -> bytes:
    r"""Return the bytes of a seed file with this text, which must be in the format already.

    >>> encode_seed("标题\n第一段。") == "标题\n第一段。".encode("utf-8")
    True
    >>> encode_seed("标题\n\n第一段。")
    Traceback (most recent call last):
    newscrawl.exceptions.SeedFormatError: line 2: empty_line: an empty line; a seed file has one paragraph a line

    Raises:
        SeedFormatError: ``empty`` ``bom`` ``control_character`` ``trailing_newline`` ``empty_line`` ``not_nfkc``.
    """
    if not text:
        raise SeedFormatError("empty", 1, "no text at all")
    if text[0] == "\ufeff":
        raise SeedFormatError("bom", 1, "the text begins with a byte order mark")
    if found := _FORBIDDEN.search(text):
        raise SeedFormatError("control_character", _line_of(text, found.start()), f"holds {found[0]!a}")
    if text[-1] == "\n":
        raise SeedFormatError("trailing_newline", _line_of(text, len(text) - 1), "a newline at the end")
    lines = text.split("\n")
    if line := _first(lines, lambda line: not line.strip()):
        raise SeedFormatError("empty_line", line, "an empty line; a seed file has one paragraph a line")
    if line := _first(lines, lambda line: not unicodedata.is_normalized("NFKC", line)):
        raise SeedFormatError("not_nfkc", line, "not in Unicode normal form NFKC")
    return text.encode("utf-8")


def decode_seed(content: bytes) -> str:
    """Return the text of a seed file's bytes, checked as `encode_seed` checks it.

    Raises:
        SeedFormatError: as `encode_seed`, and ``not_utf8``.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SeedFormatError("not_utf8", line, f"byte {error.start} is not UTF-8") from error
    encode_seed(text)
    return text


def write_seed_file(folder: Path, ordinal: int, text: str, disk: Disk | None = None) -> Path:
    """Write one seed file durably and return its path; a file with the same bytes is left as it is.

    Raises:
        SeedFormatError: the text is not in the format.
        FileExistsError: another text has this very name (its first 64 bits clash): nothing is overwritten.
    """
    content = encode_seed(text)
    path = folder / seed_name(ordinal, content)
    if not path.exists():
        write_file(path, content, disk)
    elif path.read_bytes() != content:
        raise FileExistsError(f"{path}: another text has this name; nothing was overwritten")
    return path


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _first(lines: list[str], is_wrong: Callable[[str], bool]) -> int:
    return next((number for number, line in enumerate(lines, 1) if is_wrong(line)), 0)
