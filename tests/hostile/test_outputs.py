"""Nothing that a page says is executed, obeyed or read as markup: not in the log, not on a terminal, not in a file."""

from __future__ import annotations

import re

import pytest

from newscrawl.storage import read_entries
from newscrawl.terminal.plain import plain
from tests.hostile import articles
from tests.hostile.server import NOT_FOUND, hostile_server, response
from tests.hostile.test_pages import WatchedScrapy

ESC, CSI, BEL = "\x1b", "\x9b", "\x07"
PAYLOADS = {
    "clears the screen": f"{ESC}[2J{ESC}[H",
    "the other CSI": f"{CSI}2J{CSI}31m",
    "sets the title": f"{ESC}]0;owned{BEL}",
    "copies to the clipboard": f"{ESC}]52;c;cm0gLXJmIC8={BEL}",
    "a link": f"{ESC}]8;;http://evil.example{ESC}\\见此{ESC}]8;;{ESC}\\",
    "turns the line": "\u202e文正\u202c",
    "isolates": "\u2066\u2067\u2069",
    "marks": "\u200e\u200f\u061c",
    "forges a line": "\r\n2026-11-22 08:00:00 [root] ERROR: forged",
    "breaks the line": "\u2028\u2029\x85\x0b\x0c",
    "rubs out": "\b\b\b\x7f\x7f",
    "markup": "<script>alert(1)</script>&lt;img src=x onerror=alert(1)&gt;",
    "rich markup": "[bold red]注意[/bold red][link=http://evil.example]见此[/link][/]",
    "a format": "%s%n%(name)s{0}{name!r}",
    "a formula": '=cmd|"/c calc"!A1',
}
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What terminals and readers obey; tabs and line feeds are ours."""
SETTINGS = {"DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_ENABLED": False, "RETRY_ENABLED": False}


def page(number: int, payload: str) -> str:
    """Return an article with the payload in its headline, its info line, its body and its addresses."""
    html = articles.page(number, title=f"城区老街{payload}改造开工{articles.spelt(number)}号")
    html = html.replace(
        "来源：沂河日报", f"来源：沂河{payload}日报 作者：李{payload}明 责任编辑：赵{payload}"
    )
    html = html.replace(
        "<title>",
        f'<meta name="keywords" content="{payload}"><link rel="canonical" href="/{payload}.html"><title>',
    )
    return html.replace("<p>沂河日报", f"<p>{payload}沂河日报", 1)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Crawl a list that links to pages with each payload, and to addresses with each payload in them."""
    scrapy = WatchedScrapy(tmp_path_factory.mktemp("outputs"), tmp_path_factory.mktemp("sources"))
    payloads = list(PAYLOADS.values())

    def site(path):
        if path == "/":
            rows = [(f"/2024/0506/{n}.html", payload) for n, payload in enumerate(payloads)]
            rows += [
                (f"/2024/0506/{payload}/{n}.html", "城区老街改造开工") for n, payload in enumerate(payloads)
            ]
            links = "".join(
                f'<li><a href="{url}">城区老街管网改造今天开工{text}</a></li>' for url, text in rows
            )
            return response(
                f"<html><head><meta charset=utf-8><title>社会</title></head><body><ul>{links}</ul></body></html>"
            )
        if path.startswith("/bad/"):
            return response(
                "x",
                "Content-Type: application/"
                + payloads[int(path[5:-5])].split("\r")[0].encode().decode("latin-1"),
            )
        number = re.fullmatch(r"/2024/0506/(\d+)\.html", path)
        return response(page(90_000 + int(number[1]), payloads[int(number[1])])) if number else NOT_FOUND

    with hostile_server() as server:
        server.sites["out"] = site
        (scrapy.sources / "out.toml").write_text(
            f'id = "out"\nname = "out"\nstart = "{server.url("out")}"\nlocal = true\n[fetch]\ndelay = 0.01'
        )
        process = scrapy("crawl", "out", "-L", "DEBUG", CRAWL_SUMMARY=True, **SETTINGS)
        shown = [
            scrapy("inspect", server.url("out", "/2024/0506/1.html")),
            scrapy("inspect", server.url("out", "/bad/1.html")),
            scrapy("inspect", "--json", server.url("out", "/2024/0506/12.html")),
        ]
        return scrapy, [process, *shown]


def test_the_pages_are_kept(crawled):
    scrapy, processes = crawled
    assert processes[0].returncode == 0
    assert len(list(scrapy.archive.glob("out/*/*.txt"))) >= len(PAYLOADS) - 1


def test_logs_and_terminals_have_nothing_to_obey(crawled):
    _, processes = crawled
    for process in processes:
        for text in (process.stdout, process.stderr):
            found = OBEYED.search(text)
            assert not found, text[max(found.start() - 200, 0) : found.end() + 80].encode("unicode_escape")


def test_no_line_of_the_log_is_forged(crawled):
    _, processes = crawled
    assert not [
        line
        for process in processes
        for line in process.stderr.splitlines()
        if line.endswith("[root] ERROR: forged")
    ]


def test_files_have_nothing_to_obey(crawled):
    scrapy, _ = crawled
    files = [path for path in scrapy.archive.rglob("*") if path.suffix in {".txt", ".jsonl"}]
    assert {path.suffix for path in files} == {".txt", ".jsonl"}
    for path in files:
        found = OBEYED.search(path.read_bytes().decode())
        assert not found, path


def test_names_of_files_are_ours(crawled):
    scrapy, _ = crawled
    for path in scrapy.archive.rglob("*"):
        assert re.fullmatch(r"[\w.:-]+", path.name, re.ASCII), path


def test_the_account_still_has_every_character(crawled):
    """What is shown escaped is kept exactly: the text as found can be had back from the manifest."""
    scrapy, _ = crawled
    entries = [e for path in scrapy.archive.glob("out/*/manifest.jsonl") for e in read_entries(path)]
    assert any("\u202e" in cut.text for entry in entries for cut in getattr(entry, "cuts", ()))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_plain(payload):
    shown = plain(payload)
    assert shown.isprintable()
    assert plain(shown) == shown


def test_plain_leaves_what_prints():
    assert plain("沂河日报 “正文”，《书》 𠮷 é") == "沂河日报 “正文”，《书》 𠮷 é"
    assert plain("a\nb\x1b", keep="\n") == "a\nb<U+001B>"
