"""Folders of TOML files to sources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.exceptions import SourceError, UnknownSource
from newscrawl.sources import BUILT_IN, find_source, load_sources, owner_of, shard, site_of, sources_in_region


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def lines(name: str, start: str = "http://a.cn/") -> str:
    return f'id = "{name}"\nname = "某某网"\nstart = "{start}"\n'


def mistakes_of(*folders: Path) -> tuple[str, ...]:
    with pytest.raises(SourceError) as caught:
        load_sources(folders)
    return tuple(f"{one.path.name}:{one.line}: [{one.where}] {one.message}" for one in caught.value.mistakes)


def test_files_are_found_in_every_folder_below(tmp_path):
    write(tmp_path, "shandong/a.toml", lines("a"))
    write(tmp_path, "b.toml", lines("b"))
    write(tmp_path, ".git/c.toml", "broken")
    write(tmp_path, "readme.md", "broken")
    assert set(load_sources([tmp_path])) == {"a", "b"}
    assert load_sources([]) == {}


def test_a_folder_within_another_is_read_once(tmp_path):
    write(tmp_path, "own/a.toml", lines("a"))
    assert list(load_sources([tmp_path, tmp_path / "own"])) == ["a"]


def test_an_id_that_two_files_have_names_both(tmp_path):
    write(tmp_path, "one.toml", lines("a"))
    write(tmp_path, "two.toml", "# again\n" + lines("a"))
    assert mistakes_of(tmp_path) == (f"two.toml:2: [a] id: 'a' is the id of {tmp_path / 'one.toml'} as well",)


def test_the_mistakes_of_all_files_come_at_once(tmp_path):
    write(tmp_path, "a.toml", 'id = "a"\nname = "x\n')
    write(tmp_path, "b.toml", lines("b") + "delay = 3\n")
    write(tmp_path, "c.toml", "id = 1\nid = 2\n")
    (tmp_path / "d.toml").write_bytes(b'id = "d"\nname = "' + "淄博".encode("gbk") + b'"\n')
    write(tmp_path, "e.toml", "")
    write(tmp_path, "f.toml", "x = " + "[" * 50_000)
    write(tmp_path, "g.toml", "#" * 300_000)
    told = mistakes_of(tmp_path / "gone", tmp_path)
    assert told[:5] == (
        "gone:0: [sources] no such folder",
        "a.toml:2: [a] no TOML: Illegal character '\\n'",
        "b.toml:4: [b] delay: stands in the wrong table; it belongs under [fetch]",
        "c.toml:2: [c] no TOML: Cannot overwrite a value",
        "d.toml:2: [d] not UTF-8: save the file as UTF-8",
    )
    assert [line.split(":")[0] for line in told[5:]] == ["e.toml"] * 3 + ["f.toml", "g.toml"]


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbf" + lines("a").encode())
    assert "a" in load_sources([tmp_path])


@pytest.fixture(scope="module")
def built_in():
    return load_sources([BUILT_IN])


def test_the_sources_that_come_with_newscrawl(built_in):
    assert len(built_in) >= 95
    assert len({one.name for one in built_in.values()}) == len(built_in)
    assert len(sources_in_region(built_in, "山东")) >= 30
    for path in BUILT_IN.rglob("*.toml"):
        source = built_in[path.stem]
        assert source.region
        assert source.note
        assert source.adcode
        assert source.checked.on or "Not checked live" in source.note


def test_a_source_is_found_by_id_and_by_name(built_in):
    assert find_source(built_in, "iqilu-zibo").name == "齐鲁网·淄博"
    assert find_source(built_in, "淄博新闻网").id == "zbnews"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("iqulu", "iqilu"),
        ("ZBNEWS", "zbnews"),
        ("langya", "langya-epaper"),
        ("淄博新聞网", "zbnews"),
        ("qqqqqqqq", None),
    ],
)
def test_an_unknown_source_is_answered_with_what_looks_like_it(built_in, name, near):
    with pytest.raises(UnknownSource) as caught:
        find_source(built_in, name)
    assert near in caught.value.near if near else caught.value.near == ()
    assert len(caught.value.near) <= 3


def test_regions_hold_the_regions_within(built_in):
    zibo = {one.id for one in sources_in_region(built_in, "山东/淄博")}
    assert {"zbnews", "zbnews-paper", "zibo-gov", "iqilu-zibo"} <= zibo
    assert {one.id for one in sources_in_region(built_in, "山东省/淄博市")} == zibo
    assert zibo < {one.id for one in sources_in_region(built_in, "山东")}
    assert [one.id for one in sources_in_region(built_in, "内蒙古自治区")] == ["nmgnews", "northnews"]
    for region in ("山东/滋博", "", "/"):
        with pytest.raises(UnknownSource):
            sources_in_region(built_in, region)


def test_shares_are_all_of_it_and_sites_stay_together(built_in):
    shares = [shard(built_in, f"{n}/4") for n in range(4)]
    assert sorted(one.id for share in shares for one in share) == sorted(built_in)
    assert all(shares)
    for site in {site_of(one) for one in built_in.values()}:
        assert sum(any(site_of(one) == site for one in share) for share in shares) == 1


@pytest.mark.parametrize("share", ["4/4", "0/0", "1", "-1/4", "0/4/8", "", "a/b", "0 / 4"])
def test_a_share_that_is_none(built_in, share):
    with pytest.raises(ValueError, match="write such as 0/4"):
        shard(built_in, share)


@pytest.mark.parametrize(
    ("start", "site"),
    [
        ("http://zibo.iqilu.com/", "iqilu.com"),
        ("http://www.zibo.gov.cn/", "zibo.gov.cn"),
        ("http://3g.sdnews.com.cn/", "sdnews.com.cn"),
        ("http://ts.cn/", "ts.cn"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://localhost:8000/", "localhost"),
    ],
)
def test_the_site_of_a_source(tmp_path, start, site):
    write(tmp_path, "a.toml", lines("a", start))
    assert site_of(load_sources([tmp_path])["a"]) == site


def test_a_page_belongs_to_the_closest_source(built_in):
    assert owner_of(built_in, "http://zibo.iqilu.com/2025/1.shtml").id == "iqilu-zibo"
    assert owner_of(built_in, "http://jinan.iqilu.com/2025/1.shtml").id == "iqilu"
    assert owner_of(built_in, "http://example.com/") is None
    assert owner_of(built_in, "file:///etc/passwd") is None


def test_importing_sources_is_cheap():
    code = "import sys, newscrawl.sources; print(*sorted({'scrapy', 'twisted', 'lxml', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
