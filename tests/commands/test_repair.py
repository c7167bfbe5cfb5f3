"""``scrapy repair`` as a user runs it, and its parts."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from newscrawl.exceptions import TextError
from newscrawl.jobs.repair_files import (
    MANIFEST,
    SIZE_LIMIT,
    Done,
    inputs_of,
    open_manifest,
    read_text,
    run_tasks,
    tasks_of,
)
from newscrawl.storage.manifest import read_entries
from newscrawl.storage.seed_file import parse_seed_name

CLEAN = "凤凰镇荷塘开放迎客来\n7月1日,凤凰镇百亩荷塘正式对外开放,当天来了两千多名游客。\n荷塘原先是砖厂取土留下的坑,清淤两年才有今天的样子。"
DIRTY = f"{CLEAN.splitlines()[0]}\n{CLEAN}\n责任编辑:孙小乐\n相关推荐\n评论列表\n暂无评论,快抢沙发吧~"


def write(folder: Path, name: str, text: str | bytes = DIRTY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def outputs(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*.txt"))}


def run(arguments: list[Path], out: Path, workers: int = 1) -> list:
    out.mkdir(exist_ok=True)
    handle = open_manifest(out)
    found = []
    for outcome in run_tasks(tasks_of(inputs_of([str(a) for a in arguments]), out, Done(out)), out, workers):
        os.write(handle, outcome.line)
        found.append(outcome)
    os.close(handle)
    return found


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in", tmp_path / "out"


def test_the_output_is_named_after_its_bytes_and_the_inputs_number(folders):
    source, out = folders
    run([write(source, "007_0123456789abcdef.txt")], out)
    (name,) = outputs(out)
    assert parse_seed_name(name).ordinal == 7
    assert parse_seed_name(name).digest16 == hashlib.sha256(CLEAN.encode()).hexdigest()[:16]
    assert outputs(out)[name] == CLEAN


def test_unnamed_inputs_get_the_next_free_numbers(folders):
    source, out = folders
    write(source, "a.txt", DIRTY + "甲")
    write(source, "b.txt", DIRTY + "乙")
    write(source, "003_0123456789abcdef.txt")
    run([source], out)
    assert sorted(parse_seed_name(name).ordinal for name in outputs(out)) == [3, 4, 5]


def test_two_inputs_with_one_number_do_not_share_it(folders):
    source, out = folders
    one = write(source, "x/003_0123456789abcdef.txt", DIRTY)
    two = write(source, "y/003_0123456789abcdef.txt", DIRTY + "又一句")
    run([one, two], out)
    assert sorted(parse_seed_name(name).ordinal for name in outputs(out)) == [3, 4]


def test_files_of_a_folder_keep_their_place_in_it(folders):
    source, out = folders
    write(source, "zibo/2024-05-06/000_0123456789abcdef.txt")
    write(source, "linyi/2024-05-06/000_0123456789abcdef.txt")
    run([source], out)
    assert [str(Path(name).parent) for name in outputs(out)] == ["linyi/2024-05-06", "zibo/2024-05-06"]


def test_the_manifest_gives_the_input_back(folders):
    source, out = folders
    run([write(source, "000_0123456789abcdef.txt")], out)
    (entry,) = read_entries(out / MANIFEST)
    assert entry.article((out / entry.path).read_text()).restore() == DIRTY
    line = json.loads((out / MANIFEST).read_text())
    assert line["input_sha256"] == hashlib.sha256(DIRTY.encode()).hexdigest()


def test_a_second_run_does_only_what_is_new(folders):
    source, out = folders
    write(source, "a.txt")
    assert len(run([source], out)) == 1
    before = outputs(out)
    assert run([source], out) == []
    write(source, "b.txt", DIRTY + "新的一句")
    assert [outcome.path.name for outcome in run([source], out)] == ["b.txt"]
    assert before.items() <= outputs(out).items()
    assert len(outputs(out)) == 2


def test_what_a_kill_left_without_a_line_is_done_again_under_the_same_name(folders):
    source, out = folders
    for number in range(3):
        write(source, f"{number}.txt", DIRTY + str(number) * 3)
    run([source], out)
    before = outputs(out)
    lines = (out / MANIFEST).read_bytes().splitlines(keepends=True)
    (out / MANIFEST).write_bytes(b"".join(lines[:2]) + lines[2][:40])
    assert len(run([source], out)) == 1
    assert outputs(out) == before
    assert len((out / MANIFEST).read_bytes().splitlines()) == 4  # the torn line was ended, not removed


def test_an_output_that_was_deleted_is_made_again(folders):
    source, out = folders
    write(source, "a.txt")
    run([source], out)
    (name,) = outputs(out)
    (out / name).unlink()
    assert len(run([source], out)) == 1
    assert list(outputs(out)) == [name]


def test_processes_give_the_same_as_one(folders, tmp_path):
    source, out = folders
    for number in range(50):
        write(source, f"{number:03}_0123456789abcdef.txt", f"{DIRTY}\n第{number}句。")
    run([source], out, workers=2)
    run([source], tmp_path / "alone", workers=1)
    assert outputs(out) == outputs(tmp_path / "alone")
    assert [e.path for e in read_entries(out / MANIFEST)] == [
        e.path for e in read_entries(tmp_path / "alone" / MANIFEST)
    ]


BAD = {
    "not_utf8": "荷塘".encode("gb18030"),
    "empty": b" \n\n",
    "too_large": b"x" * (SIZE_LIMIT + 1),
}


@pytest.mark.parametrize("reason", BAD)
def test_bad_files_are_named(reason, tmp_path):
    path = write(tmp_path, "a.txt", BAD[reason])
    with pytest.raises(TextError, match=reason) as caught:
        read_text(path)
    assert caught.value.path == path


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(TextError, match="unreadable"):
        read_text(tmp_path / "none.txt")


def test_a_byte_order_mark_is_no_text(tmp_path):
    assert read_text(write(tmp_path, "a.txt", "\ufeff荷塘")) == "荷塘"


def test_one_bad_file_does_not_stop_the_others(folders):
    source, out = folders
    write(source, "a.txt", BAD["not_utf8"])
    write(source, "b.txt")
    outcomes = run([source], out)
    assert [bool(outcome.error) for outcome in outcomes] == [True, False]
    assert "a.txt" in outcomes[0].error


def test_hidden_files_and_other_kinds_are_no_inputs(folders):
    source, _ = folders
    write(source, ".a.txt.tmp")
    write(source, ".b.txt")
    write(source, "manifest.jsonl")
    write(source, "c.txt")
    assert [path.name for path, _ in inputs_of([str(source)])] == ["c.txt"]


# From here on as a user runs it.


def test_one_input_is_printed(scrapy, tmp_path):
    ended = scrapy("repair", str(write(tmp_path, "a.txt")))
    assert (ended.returncode, ended.stdout) == (0, CLEAN)


def test_inputs_become_files(scrapy, folders):
    source, out = folders
    inputs = [write(source, f"{number:03}_0123456789abcdef.txt", DIRTY + str(number)) for number in range(2)]
    before = [path.read_bytes() for path in inputs]
    ended = scrapy("repair", *map(str, inputs), "--out", str(out))
    assert ended.returncode == 0, ended.stderr
    assert "comment_box" in ended.stdout
    assert len(outputs(out)) == 2
    assert [path.read_bytes() for path in inputs] == before


def test_explain_names_every_rule(scrapy, tmp_path):
    ended = scrapy("repair", str(write(tmp_path, "a.txt")), "--explain")
    assert ended.returncode == 0
    for rule in ("headline_repeat", "credit_line", "comment_box"):
        assert rule in ended.stdout
    assert "\x1b" not in ended.stdout


def test_json_holds_the_cuts(scrapy, tmp_path):
    ended = scrapy("repair", str(write(tmp_path, "a.txt")), "--json")
    told = json.loads(ended.stdout)
    assert told["headline"] == CLEAN.splitlines()[0]
    assert {cut["rule"] for cut in told["cuts"]} >= {"headline", "comment_box"}
    assert told["metadata"]["editors"] == ["孙小乐"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["in/good.txt", "in/also.txt"], 2),
        (["in/good.txt", "--explain", "--json"], 2),
        (["in", "--out", "in/repaired"], 2),
        (["in/good.txt", "--out", "in"], 2),
        (["-", "--out", "out"], 2),
        (["in/good.txt", "--out", "out", "--workers", "0"], 2),
        (["nothing", "--out", "out"], 3),
        (["in/bad.txt"], 3),
        (["in/good.txt", "in/bad.txt", "--out", "out"], 4),
        (["in/good.txt", "--out", "in/good.txt/x"], 1),
        (["empty", "--out", "out"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes(scrapy, tmp_path, arguments, code):
    write(tmp_path, "in/good.txt")
    write(tmp_path, "in/also.txt")
    write(tmp_path, "in/bad.txt", BAD["not_utf8"])
    (tmp_path / "empty").mkdir()
    ended = scrapy("repair", *(str(tmp_path / a) if a[0] not in "-0" else a for a in arguments))
    assert ended.returncode == code, ended.stderr
    if code in (3, 4):
        assert "bad.txt" in ended.stderr or "nothing" in ended.stderr


def test_it_can_write_and_explain_at_once(scrapy, tmp_path):
    ended = scrapy("repair", str(write(tmp_path, "a.txt")), "--out", str(tmp_path / "out"), "--explain")
    assert ended.returncode == 0, ended.stderr
    assert "← comment_box" in ended.stdout
    assert len(outputs(tmp_path / "out")) == 1
