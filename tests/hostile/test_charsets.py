"""What a page is written in, what it says of itself, and what was damaged on the way: never another character.

Every page either comes out as it was written, damaged characters marked as lost, or is refused.
"""

from __future__ import annotations

import itertools
import random
import unicodedata

import pytest

from newscrawl import read_page
from newscrawl.exceptions import PageError
from tests.hostile import articles

SIMPLIFIED = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-32", "hz")
TRADITIONAL = ("utf-8", "big5", "big5hkscs", "gb18030", "utf-16-be")
HEADERS = (
    None,
    "utf-8",
    "gbk",
    "gb2312",
    "big5",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "base64",
    "x-unbekannt",
)
METAS = (None, "utf-8", "gb2312", "big5")
DAMAGES = ("none", "a stray byte", "a cut character", "a raw no-break space", "ten bytes", "a flipped bit")
_TRADITIONAL = str.maketrans(
    "闻链讯拨页关权来经将号老街区排水管网报记者从务获开动设计项负责绍错尽减对响预今线个涉车辆请询问热电话",
    "聞鏈訊撥頁關權來經將號老街區排水管網報記者從務獲開動設計項負責紹錯盡減對響預今線個涉車輛請詢問熱電話",
)
LONGEST = 11
"""Characters between a lost byte and the next ASCII one, which nothing shows to be wrong; more of them are refused."""
_MARKED = frozenset("\ufffd")


def html_of(number: int, meta: str | None, *, traditional: bool = False) -> str:
    html = articles.page(number, more="<p>相关链接</p>")
    html = html.replace('<meta charset="utf-8">', f'<meta charset="{meta}">' if meta else "")
    return html.translate(_TRADITIONAL) if traditional else html


def damaged(content: bytes, damage: str, seed: int) -> bytes:
    """Return the bytes with a damage in the body of the article."""
    at = content.rfind(b"<") * 3 // 5 + random.Random(seed).randrange(40)
    match damage:
        case "a stray byte":
            return content[:at] + b"\x81" + content[at:]
        case "a cut character":
            return content[:at] + content[at + 1 :]
        case "a raw no-break space":
            return content[:at] + b"\xa0" + content[at:]
        case "ten bytes":
            return content[:at] + bytes(range(0xF0, 0xFA)) + content[at:]
        case "a flipped bit":
            return content[:at] + bytes([content[at] ^ 0x20]) + content[at + 1 :]
    return content


def cells():
    """Every codec with every header and meta, a damage with each in turn."""
    for traditional, codecs in ((False, SIMPLIFIED), (True, TRADITIONAL)):
        combinations = list(itertools.product(codecs, HEADERS, METAS))
        for number, (codec, header, meta) in enumerate(combinations):
            yield pytest.param(
                codec, header, meta, DAMAGES[number % len(DAMAGES)], traditional, number,
                id=f"{codec}{'-hant' if traditional else ''} said to be {header}, {meta}, {DAMAGES[number % len(DAMAGES)]}",
            )  # fmt: skip


CELLS = list(cells())
QUICK = CELLS[::2]
ARGUMENTS = ("codec", "header", "meta", "damage", "traditional", "number")


def nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(ARGUMENTS, QUICK)
def test_no_character_becomes_another(codec, header, meta, damage, traditional, number):
    check(codec, header, meta, damage, traditional, number)


@pytest.mark.soak
@pytest.mark.parametrize(ARGUMENTS, CELLS)
def test_no_character_of_any_becomes_another(codec, header, meta, damage, traditional, number):
    check(codec, header, meta, damage, traditional, number)


def check(codec, header, meta, damage, traditional, number):
    html = html_of(number, meta, traditional=traditional)
    content = damaged(html.encode(codec), damage, number)
    content_type = f"text/html; charset={header}" if header else "text/html"
    try:
        article = read_page(
            content, url=f"http://yihe.example/2024/0506/{number}.html", content_type=content_type
        )
    except PageError:
        if damage == "none":
            raise
        return
    whole = nfkc("".join(articles.paragraphs_of(number)))
    whole = whole.translate(_TRADITIONAL) if traditional else whole
    if damage == "none":
        assert article.body.replace("\n", "") == whole
    strange = set(article.text) - set(nfkc(html)) - _MARKED
    assert len(strange) <= (0 if damage == "none" else LONGEST), strange


def test_there_are_enough():
    assert len(QUICK) >= 200
