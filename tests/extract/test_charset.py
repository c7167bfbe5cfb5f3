from __future__ import annotations

import codecs

import pytest

from newscrawl.exceptions import PageError, UnreadablePage
from newscrawl.extract import extract_page
from newscrawl.extract.charset import common_hanzi_ratio, declared_charsets, decode_page
from newscrawl.items import Page, PageHints
from tests.extract.pages import HEADLINE, article_html, capture_of, expected_text

HEADERS = (None, "utf-8", "gbk", "gb2312", "ISO-8859-1", "big5", "base64")
TRADITIONAL = (
    "魯山縣今年以來新建口袋公園十二處，面積共三萬六千平方公尺，居民出門十分鐘就能走到。",
    "據介紹，下半年還將新建八處，並為已建成的公園補種樹木、增設路燈，方便居民夜間活動。",
)
TRADITIONAL_HEADLINE = "魯山縣新建口袋公園十二處"


def traditional_html() -> str:
    return article_html(
        headline=TRADITIONAL_HEADLINE, paragraphs=TRADITIONAL, info="2026-05-06 09:12 來源：魯山日報"
    )


def meta(charset: str) -> str:
    return article_html().replace(
        '<meta charset="utf-8">', f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    )


def files() -> dict[str, bytes]:
    """Return the article in every coding and with every declaration that pages are found with."""
    plain = article_html().replace('<meta charset="utf-8">', "")
    found = {
        "utf-8": article_html().encode(),
        "utf-8 with BOM": codecs.BOM_UTF8 + article_html().encode(),
        "utf-8 with two BOMs": codecs.BOM_UTF8 * 2 + article_html().encode(),
        "utf-8 undeclared": plain.encode(),
        "gbk undeclared": plain.encode("gbk"),
        "utf-16 with BOM": plain.encode("utf-16"),
        "utf-16-be with BOM": codecs.BOM_UTF16_BE + plain.encode("utf-16-be"),
        "utf-16-le without BOM": plain.encode("utf-16-le"),
        "utf-32 with BOM": plain.encode("utf-32"),
        "hz": meta("hz-gb-2312").encode("hz"),
        "XML declaration": ('<?xml version="1.0" encoding="gbk"?>' + plain).encode("gbk"),
        "late meta": ("<!--" + "x" * 3_000 + "-->" + meta("gbk")).encode("gbk"),
    }
    for declared in ("gb2312", "gbk", "gb18030", "utf-8", "big5", "iso-8859-1", "unicode_escape", "idna"):
        found[f"utf-8 declared {declared}"] = meta(declared).encode()
        found[f"gbk declared {declared}"] = meta(declared).encode("gb18030")
    return found


def damaged() -> dict[str, bytes]:
    """Return the article with bytes lost in its header, where no paragraph is hurt."""
    gbk, utf8 = meta("gb2312").encode("gbk"), article_html().encode()
    nav = "新闻".encode("gbk")
    return {
        "gbk, one stray lead byte": gbk.replace(b'<div class="nav">', b'<div class="nav">\xb0', 1),
        "gbk, one raw A0": gbk.replace(b'<div class="nav">', b'<div class="nav">\xa0 ', 1),
        "gbk, half a character": gbk.replace(nav, nav[:3], 1),
        "gbk, undeclared, one stray byte": gbk.replace(b"charset=gb2312", b"").replace(
            b'class="nav">', b'class="nav">\xff', 1
        ),
        "utf-8, half a character": utf8.replace("新闻".encode(), "新闻".encode()[:5], 1),
        "utf-8 declared gbk, half a character": meta("gbk")
        .encode()
        .replace("新闻".encode(), "新闻".encode()[:5], 1),
    }


ALL = files() | damaged()


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("html", ALL.values(), ids=ALL)
def test_the_text_is_read_whatever_is_declared(html, header):
    content_type = f"text/html; charset={header}" if header else None
    found = extract_page(Page(capture_of(), html, content_type))
    assert (found.headline, found.text) == (HEADLINE, expected_text())


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("declared", ["big5", "gb2312", "utf-8", ""])
def test_big5_is_told_from_gbk(header, declared):
    html = traditional_html().replace('charset="utf-8"', f'charset="{declared}"').encode("big5", "ignore")
    found = extract_page(Page(capture_of(), html, f"text/html; charset={header}" if header else None))
    assert (found.headline, found.text) == (TRADITIONAL_HEADLINE, expected_text(TRADITIONAL))


def test_a_hint_of_the_source_is_a_declaration():
    page = Page(capture_of(), b"<p>", "text/html; charset=big5", PageHints(charset="GBK"))
    assert declared_charsets(page) == ("gb18030", "big5hkscs")


@pytest.mark.parametrize(
    "name", ["base64", "zlib", "idna", "punycode", "rot13", "undefined", "unicode_escape", "nonsense"]
)
def test_no_exotic_codec_is_ever_asked(name):
    assert declared_charsets(Page(capture_of(), b"", f"text/html; charset={name}")) == ()


def test_rare_characters_of_names_survive():
    html = "<p>䶮</p>".encode("gb18030") + b"\xfe\x59\xa8\xbc<p>" + "市政府今天召开会议".encode("gbk")
    text = decode_page(Page(capture_of(), html, "text/html; charset=gbk")).text
    assert "\u9fb4\u1e3f" in text
    assert not any("\ue000" <= character <= "\uf8ff" for character in text)


@pytest.mark.parametrize("wrong", ["gbk", "big5", "latin-1"])
def test_mojibake_that_was_saved_as_such_is_refused(wrong):
    saved = article_html().encode().decode(wrong, "replace")
    with pytest.raises(PageError):
        extract_page(Page(capture_of(), saved.encode()))


def test_heavy_loss_is_refused():
    html = article_html().encode()
    broken = b"".join(bytes((byte,)) if number % 7 else b"\xff" for number, byte in enumerate(html))
    with pytest.raises(UnreadablePage) as refused:
        decode_page(Page(capture_of(), broken))
    assert refused.value.reason == "charset"


def test_lost_characters_are_flagged():
    html = article_html().encode().replace("居民".encode(), "居民".encode()[:5], 1)
    found = extract_page(Page(capture_of(), html))
    assert "characters_lost" in found.flags


@pytest.mark.parametrize(
    ("text", "healthy"),
    [
        ("市政府今天召开会议，研究部署防汛工作。", True),
        ("縣政府今天召開會議，研究防汛工作。", True),
        ("甯傛斂搴滀粖澶╁彫寮€浼氳", False),
        ("", False),
    ],
)
def test_common_hanzi_show_whether_a_text_is_chinese(text, healthy):
    assert (common_hanzi_ratio(text) > 0.25) is healthy
