from __future__ import annotations

from newscrawl.extensions.report import account_of
from newscrawl.terminal.summary import print_summary

EVENTS = {
    "lists": 12, "links_new": 30, "fetched": 44, "answered": 40, "bytes": 1_200_000, "kept": 28, "duplicate": 2,
    "reprint": 1, "quarantined/soft_404": 1, "repaired/pinyin": 3, "trap/fan_out": 2, "over_budget": 5, "gone/http_404": 1,
}  # fmt: skip


def test_a_summary_fits_a_small_terminal_and_says_what_happened(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    told = {"slowest": [["http://a.example/\x1b[2J", 7.2]], "seconds": 30.0, "farm_score": 0.5}
    dead = account_of({"failed/timeout": 2}) | {"last_error": "timeout http://dead.example/"}
    print_summary(
        {
            "sources": {"cangbo": account_of(EVENTS) | told, "dead": dead},
            "stories": {"count": 20, "on_several_sites": 4},
        }
    )
    shown = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.strip()}
    assert rows["cangbo"] == ["12", "30", "44", "28", "3", "1", "1", "0.50"]
    assert rows["dead"] == ["0", "0", "0", "0", "0", "0", "2"]
    for words in (
        "20 stories, of which 4 on several sites; reprints: 2 exact duplicates, 1 with edits",
        "articles repaired, by rule  pinyin 3",
        "gone by reason  http_404 1",
        "addresses without end  fan_out 2",
        "fetched  1.2 MB in 30 s",
        "left for the next run  cangbo 5",
        "slow  http://a.example/<U+001B>[2J 7 s",
        "no answer  dead: timeout http://dead.example/",
    ):
        assert words in shown
    assert "\x1b" not in shown
