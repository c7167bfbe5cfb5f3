"""What archive/README.md tells a person to type does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.items import Cut
from newscrawl.storage import Archive, read_entries, read_exchange
from tests.storage.making import add, make_article, make_exchange

README = (Path(__file__).parents[2] / "archive" / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
]


@pytest.fixture
def read(folder):
    """Type a command of the README, told by a word of it, in an archive of four articles."""
    with Archive.open(folder) as archive:
        pointers = [archive.record(make_exchange(n)) for n in range(4)]
        for number, pointer in enumerate(pointers):
            archive.add_article(make_article(number, warc=pointer), f"fp:{number}")
        path = add(archive, 9)
        archive.add_duplicate(make_article(10), "fp:9", path)
        kept = {"linyi-news": {"kept": 4}, "lushan": {"kept": 1}}
        archive.add_run(
            {"finished_at": "2026-05-27T05:00:00+00:00", "finish_reason": "finished", "sources": kept}
        )

    def type_it(word: str) -> str:
        (command,) = (command for command in COMMANDS if word in command)
        tool = re.split(r"\W", command)[0]
        if not shutil.which(tool, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"):
            pytest.skip(f"{tool} is not installed here")
        given = {
            "file": pointers[2].file,
            "offset": pointers[2].offset,
            "source": "linyi-news",
            "day": "2026-05-27",
        }
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment | {name: str(value) for name, value in given.items()},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    return type_it


def test_the_texts_are_checked(read, folder):
    assert read("sha256sum */*/*.txt") == ""
    path = next(folder.glob("*/*/001_*.txt"))
    path.write_bytes(path.read_bytes() + b"x")
    assert read("sha256sum */*/*.txt") == f"altered: {path.relative_to(folder)}\n"


def test_the_manifests_are_listed(read):
    rows = [line.split("\t") for line in read("jq -r 'select").splitlines()]
    assert len(rows) == 5
    assert rows[0][2:] == ["临沂日报", "临沂第0条新闻"]


def test_the_runs_are_listed(read):
    assert read("runs.jsonl") == "2026-05-27T05:00:00+00:00\tfinished\t5\n"


def test_a_line_is_checked(read, folder):
    line = (folder / "linyi-news/2026-05-27/manifest.jsonl").read_bytes().splitlines()[0]
    assert line.endswith(b'"line_sha256":"' + read("line_sha256")[:16].encode() + b'"}')


def test_a_page_is_taken_out(read):
    assert make_exchange(2).body.decode() in read("zcat")
    assert read("warcio extract") == make_exchange(2).body.decode()


def test_the_catalog_is_asked(read):
    assert read("sqlite3 -readonly") == "linyi-news|5\n"


def test_the_cuts_are_put_back(folder):
    article = make_article(
        1,
        cuts=(
            Cut(0, "来源:某网\n", "byline"),
            Cut(3, "，", "mirror", replacement=","),
            Cut(5, "(jiǎng)", "pinyin"),
        ),
    )
    with Archive.open(folder) as archive:
        path = archive.add_article(article, "fp").path
    program = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    names: dict[str, object] = {}
    exec(program, names)
    body = (folder / path).read_text(encoding="utf-8").partition("\n")[2]
    (entry,) = read_entries(folder / path.parent / "manifest.jsonl")
    cuts = [{"offset": cut.offset, "text": cut.text, "replacement": cut.replacement} for cut in entry.cuts]
    assert names["restore"](body, cuts) == article.restore()
    assert article.restore().startswith("来源:某网\n第1段，")


def test_every_file_of_an_archive_is_named(folder):
    with Archive.open(folder) as archive:
        pointer = archive.record(make_exchange(1))
        archive.add_article(make_article(1, warc=pointer), "fp")
        archive.quarantine("http://a.cn/", "a", "soft_404")
        archive.add_run({})
    assert read_exchange(folder / "warc", pointer).body
    for path in folder.iterdir():
        if path.is_file() and path.name != ".lock":
            assert path.name in README
