"""What is refused before it is parsed: bytes that are no page, and pages built to exhaust a parser.

Measured in November 2026: 100,000 attributes on one tag take libxml2 17 s, 40,000 spans in one paragraph
take trafilatura 11 s, 5 MB of ``<li>`` take 1.6 GB. The largest of 63 real pages has 5,479 tags and 1.3 MB.
"""

from __future__ import annotations

import re

from newscrawl.exceptions import UnreadablePage
from newscrawl.items import Page

SIZE_LIMIT = 8_000_000  # bytes, as DOWNLOAD_MAXSIZE
TAG_LIMIT = 60_000  # ten times the largest real page
TAG_LENGTH_LIMIT = 100_000  # characters in one tag, pasted images taken out
ATTRIBUTE_LIMIT = 1_000  # in one tag
_LONG_TAG = 4_000  # characters: shorter tags are not looked at

_MAGIC = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"GIF8", "GIF"), (b"\xff\xd8\xff", "JPEG"), (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "gzip"), (b"RIFF", "RIFF"), (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"), (b"OggS", "Ogg"), (b"ID3", "MP3"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\xd0\xcf\x11\xe0", "OLE"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"), (b"{\\rtf", "RTF"), (b"FLV\x01", "FLV"), (b"wOFF", "font"), (b"\x00\x00\x00\x18ftyp", "MP4"),
    (b"\x00\x00\x00\x20ftyp", "MP4"), (b"\x00asm", "wasm"), (b"SQLite format 3", "SQLite"), (b"II*\x00", "TIFF"),
)  # fmt: skip
_OTHER_XML = re.compile(
    rb"^\s{0,50}(?:<\?xml[^<>]{0,200}\?>\s{0,50})?(?:<!--[^<>]{0,500}-->\s{0,50})?<(rss|feed|urlset|sitemapindex|rdf:RDF|svg)[\s>]"
)
_TYPE_OF_PAGE = re.compile(
    r"^\s*(?:text/|application/(?:xhtml|xml|octet-stream|unknown|x-)|$)", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[a-zA-Z!/?]")
_ATTRIBUTES = re.compile(r"[\s\"'/][^\s\"'<>/=]+\s?=|\s[\w-]+(?=[\s/>]|$)")


def check_bytes(page: Page) -> None:
    """Raise when the bytes of a page cannot be HTML: empty, too large, or another kind of file.

    Raises:
        UnreadablePage: ``empty``, ``too_large``, ``not_html``.
    """
    html, url = page.html, page.capture.url
    if not html.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadablePage("empty", url, "the page has no content")
    if len(html) > SIZE_LIMIT:
        raise UnreadablePage("too_large", url, f"{len(html)} bytes, the limit is {SIZE_LIMIT}")
    kind = next((name for magic, name in _MAGIC if html.startswith(magic)), None)
    if kind is None and (match := _OTHER_XML.match(html[:1_000])):
        kind = match[1].decode()
    if kind is None and not _TYPE_OF_PAGE.match(page.content_type or ""):
        kind = (page.content_type or "")[:80]
    if kind is not None:
        raise UnreadablePage("not_html", url, f"the content is {kind}")


def check_text(text: str, url: str) -> None:
    """Raise when the decoded text of a page is no HTML, or too much of it.

    Raises:
        UnreadablePage: ``not_html``, ``too_many_tags``, ``huge_tag``.
    """
    if text.count("\x00") > len(text) // 50 or not _ANY_TAG.search(text):
        raise UnreadablePage("not_html", url, "the content has no tags")
    tags = text.count("<")
    if tags > TAG_LIMIT:
        raise UnreadablePage("too_many_tags", url, f"{tags} tags, the limit is {TAG_LIMIT}")
    for piece in text.split("<"):
        if len(piece) < _LONG_TAG or not piece[0].isalpha():
            continue  # short, or a comparison in a script
        tag = piece.partition(">")[0]
        if len(tag) > TAG_LENGTH_LIMIT or sum(1 for _ in _ATTRIBUTES.finditer(tag)) > ATTRIBUTE_LIMIT:
            raise UnreadablePage("huge_tag", url, f"a tag of {len(tag)} characters: <{tag[:40]}")
