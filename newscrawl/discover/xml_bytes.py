"""Broken XML -> XML that parsers read: bare ampersands, illegal characters, the wrong charset."""

from __future__ import annotations

import codecs
import re

_BARE_AMPERSAND = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)")
_ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARATION = re.compile(
    r"""\A\s*<\?xml[^>]{0,200}?(?:encoding\s*=\s*["']([\w.:-]{1,40})["'])?[^>]{0,200}?\?>""", re.IGNORECASE
)

_CHARSETS = frozenset(
    {"utf-8", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be"}
)


def mend_xml(piece: bytes) -> bytes:
    """Return a piece of XML with bare ampersands escaped and characters dropped that XML forbids.

    Safe in UTF-8 and in GBK, where no trail byte is an ampersand or a control character.

    >>> mend_xml(b"<loc>http://a.cn/?a=1&b=2&amp;c=3</loc>")
    b'<loc>http://a.cn/?a=1&amp;b=2&amp;c=3</loc>'
    """
    return _BARE_AMPERSAND.sub(b"&amp;", _ILLEGAL.sub(b"", piece))


def decode_xml(body: bytes) -> str:
    """Return XML as text without its declaration, in whatever charset it really is.

    UTF-8 when it reads as UTF-8 without a fault, whatever is declared; else what is declared; else GB18030;
    where all of them fail, the one that loses fewest characters.

    >>> decode_xml('<?xml version="1.0" encoding="utf-8"?><title>淄博</title>'.encode("gbk"))
    '<title>淄博</title>'
    """
    declared = _DECLARATION.match(body[:400].decode("latin-1"))
    names = ["utf-8-sig", _codec_of(declared[1] if declared else None), "gb18030"]
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names.insert(0, "utf-16")
    text = _strictly(body, names)
    if text is None:
        text = min((body.decode(name, "replace") for name in names), key=lambda read: read.count("\ufffd"))
    match = _DECLARATION.match(text)
    return text[match.end() :] if match else text


def _codec_of(declared: str | None) -> str:
    try:
        name = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return "utf-8"
    if name not in _CHARSETS:
        return "utf-8"
    return "gb18030" if name in {"gb2312", "gbk"} else name


def _strictly(body: bytes, names: list[str]) -> str | None:
    for name in names:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return None
