from __future__ import annotations

import tomllib

from newscrawl.demo import write_sources
from newscrawl.sources import load_sources


def test_one_file_for_each_outlet(newsroom, tmp_path):
    paths = write_sources(tmp_path / "sources", 8123)
    assert [path.stem for path in paths] == [outlet.id for outlet in newsroom.outlets]
    table = tomllib.loads((tmp_path / "sources" / "daidong.toml").read_text("utf-8"))
    assert table["start"] == ["http://daidong.localhost:8123/"]
    assert table["feeds"] == ["http://daidong.localhost:8123/rss/news.xml"]
    assert table["sitemaps"] == ["http://daidong.localhost:8123/sitemap.xml"]
    assert table["local"] is True


def test_the_loader_takes_them(newsroom, tmp_path):
    write_sources(tmp_path, 8123)
    sources = load_sources([tmp_path])
    assert sorted(sources) == sorted(outlet.id for outlet in newsroom.outlets)
    for outlet in newsroom.outlets:
        source = sources[outlet.id]
        assert (source.name, source.region, source.local) == (outlet.name, outlet.region, True)
        assert source.owns(f"http://{outlet.host}:8123/any.htm")
        assert not source.owns("http://ads.localhost:8123/click")


def test_a_second_writing_changes_the_port(tmp_path):
    write_sources(tmp_path, 8123)
    write_sources(tmp_path, 8124)
    assert "8124" in (tmp_path / "keyi.toml").read_text("utf-8")
    assert len(list(tmp_path.iterdir())) == 6
