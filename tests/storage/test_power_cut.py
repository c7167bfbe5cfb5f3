"""The power is cut at every step of a run: what was acknowledged is there, whole. And every sync is needed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.storage import Archive, FoundUrl, parse_seed_name, verify
from newscrawl.storage.seed_file import sha256_of
from tests.storage.making import add, make_article, make_exchange
from tests.storage.power import Recorder, Spy, medium_at, sqlite_is_shared

pytestmark = pytest.mark.skipif(
    not sqlite_is_shared() or sys.platform != "linux", reason="SQLite's functions cannot be reached here"
)


def crawl(folder: Path, disk: Recorder, first: int, batches: int) -> None:
    """Archive batches of two in one run, saying what is acknowledged."""
    with Archive.open(folder, disk=disk, warc_max_bytes=3_000) as archive:
        archive.discover(
            [
                FoundUrl(url=make_exchange(n).url, source="linyi-news")
                for n in range(first, first + 2 * batches)
            ]
        )
        for batch in range(batches):
            paths = [add(archive, first + 2 * batch + n) for n in range(2)]
            if batch == 1:
                pointer = archive.record(make_exchange(first + 50, status=404))
                capture = make_article(first + 50, warc=pointer).capture
                archive.quarantine(capture.url, "linyi-news", "soft_404", capture=capture)
                archive.add_duplicate(make_article(first + 51), "fp", paths[0])
            archive.commit()
            for path in paths:
                disk.say(path)
            if batch == 1:
                disk.say("quarantined")
        archive.add_run({"kept": 6})


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """The log of two runs, one after the other, and the folder they wrote to."""
    root = tmp_path_factory.mktemp("recorded")
    recorder = Recorder()
    with Spy(recorder).watching():
        crawl(root / "archive", recorder, 0, 2)
        crawl(root / "archive", recorder, 100, 1)
    return recorder.log, str(root)


def write_image(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "archive"


def what_is_wrong(archive: Path, said: list[str]) -> str | None:
    """Return what a power cut broke, None when everything that was said is true."""
    for path in archive.rglob("*.txt"):
        name = parse_seed_name(path.name)
        if name and sha256_of(path.read_bytes())[:16] != name.digest16:
            return f"{path.name} is torn"
    try:
        with Archive.open(archive) as opened:
            if opened.recovery.missing:
                return f"missing: {opened.recovery.missing}"
            kept = {row.path for row in opened.all_articles()}
            if lost := [path for path in said if path not in kept and "/" in path]:
                return f"lost: {lost}"
            if "quarantined" in said and not (archive / "quarantine.jsonl").exists():
                return "the quarantine is lost"
    except ArchiveError as error:
        return f"cannot be opened: {error}"
    return next((str(finding) for finding in verify(archive)), None)


def cut(recorded, moment, folder, *, chance=None, ignored=lambda event: False) -> str | None:
    log, root = recorded
    said = [event.path for event in log[:moment] if event.act == "said"]
    files = medium_at(log, moment, ignored).files(root, chance)
    return what_is_wrong(write_image(files, folder), said)


def moments(recorded) -> list[int]:
    """Return the moments at which the medium is another than before."""
    return [n + 1 for n, event in enumerate(recorded[0]) if event.act not in {"write", "create", "folder"}]


def test_the_log_is_the_run(recorded, tmp_path):
    log, root = recorded
    medium = medium_at(log, len(log))
    seen = {path: inode.whole() for path, inode in medium.names.items() if inode is not None}
    there = {str(path): path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}
    assert seen == {path: content for path, content in there.items() if not path.endswith(".lock")}
    assert sum(event.act == "said" for event in log) == 7


def test_power_is_cut_at_every_step(recorded, tmp_path):
    for moment in moments(recorded):
        assert cut(recorded, moment, tmp_path / str(moment)) is None, recorded[0][moment - 1]


def test_power_is_cut_and_some_of_the_rest_was_written(recorded, tmp_path):
    chance = random.Random(7)
    for number, moment in enumerate(chance.sample(range(1, len(recorded[0])), 25)):
        assert cut(recorded, moment, tmp_path / str(number), chance=chance) is None, recorded[0][moment - 1]


@pytest.mark.soak
def test_power_is_cut_very_often(recorded, tmp_path):
    chance = random.Random(8)
    for moment in range(1, len(recorded[0]) + 1):
        for trial in range(5):
            folder = tmp_path / f"{moment}-{trial}"
            assert cut(recorded, moment, folder, chance=chance) is None, recorded[0][moment - 1]


def ends(*suffixes: str):
    return lambda event: event.path.endswith(suffixes)


def is_folder(depth: int):
    """Folders ``depth`` levels below the archive, and not SQLite's own."""
    return lambda event: (
        event.act == "sync_folder" and len(Path(event.path.partition("/archive")[2]).parts[1:]) == depth
    )


SYNCS = {
    "seed files": ends(".txt.tmp"),
    "manifests": ends("manifest.jsonl"),
    "quarantine": ends("quarantine.jsonl"),
    "WARC files": ends(".warc.gz"),
    "the catalog's WAL": ends("-wal"),
    "the catalog at a checkpoint": ends("catalog.sqlite3"),
    "the folder of the archive": is_folder(0),
    "folders of sources and of WARC files": is_folder(1),
    "folders of days": is_folder(2),
}


@pytest.mark.parametrize("ignored", SYNCS.values(), ids=SYNCS)
def test_without_this_sync_something_is_lost(recorded, tmp_path, ignored):
    assert any(event.act.startswith("sync") and ignored(event) for event in recorded[0])
    found = []
    for moment in moments(recorded):
        folder = tmp_path / str(moment)
        if wrong := cut(recorded, moment, folder, ignored=ignored):
            found.append(wrong)
            break
    assert found
    print(found[0])
