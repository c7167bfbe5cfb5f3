from __future__ import annotations

import json

import pytest

PAGE = """<html><head><meta charset="utf-8"><title>双泉镇修复古井三口_沂泉新闻网</title></head><body><h1>双泉镇修复古井三口</h1>
<div class="info">2025-05-06 08:12　来源：沂泉新闻网</div><div class="TRS_Editor">
<p>　　沂泉新闻网5月6日讯（记者 陶然）记者(jìzhě)从双泉镇获悉(huòxī)，镇里的三口古井(gǔjǐng)已经全部修复，井台和石栏按原样补齐，井水经检测达到饮用(yǐnyòng)标准。</p>
<p>　　三口古井都在老街(lǎojiē)上，最早的一口凿于清代中期，井沿被绳子磨出十二道深痕，当地人叫它“十二弦井”。</p></div></body></html>"""


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_a_saved_page(scrapy, page):
    process = scrapy("inspect", str(page), "--url", "http://yiquan.example/xz/202505/t20250506_4719011.htm")
    assert process.returncode == 0, process.stderr
    for words in (
        "双泉镇修复古井三口",
        "candidate",
        "2025-05-06T08:12:00+08:00",
        "沂泉新闻网",
        "[-(jìzhě)-]",
        "← pinyin",
    ):
        assert words in process.stdout


def test_json(scrapy, page):
    process = scrapy("inspect", str(page), "--json")
    shown = json.loads(process.stdout)
    assert shown["headline"] == "双泉镇修复古井三口"
    assert {cut["rule"] for cut in shown["cuts"]} >= {"pinyin"}
    assert "pinyin_injected" in shown["flags"]
    assert shown["found"]["source_outlet"]["raw"]


def test_a_text_file(scrapy, tmp_path):
    file = tmp_path / "000_0000000000000000.txt"
    file.write_text(
        "双泉镇修复古井三口\n双泉镇修复古井三口\n三口古井都在老街上,最早的一口凿于清代中期。",
        encoding="utf-8",
    )
    process = scrapy("inspect", str(file))
    assert process.returncode == 0, process.stderr
    assert "← headline_repeat" in process.stdout


@pytest.mark.parametrize(
    ("content", "name", "code", "says"),
    [
        (b"", "empty.html", 3, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "picture.html", 3, "not_html"),
        ("双泉镇".encode("gb18030"), "gbk.txt", 1, "not UTF-8 at byte 4"),
        (None, "none.html", 1, "No such file"),
    ],
)
def test_what_cannot_be_shown(scrapy, tmp_path, content, name, code, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    process = scrapy("inspect", str(tmp_path / name))
    assert process.returncode == code
    assert says in process.stderr
    assert len(process.stderr.splitlines()) == 1
