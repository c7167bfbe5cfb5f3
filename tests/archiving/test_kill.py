"""A run that compares and indexes is killed again and again: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter

import pytest

from newscrawl.archiving import archive_article
from newscrawl.archiving.catching_up import begin_index
from newscrawl.storage import Archive, Catalog, verify
from tests.archiving.making import NO_SYNCS, archive_all, article_of, stories_in
from tests.dedupe.labelled.measures import archive as labelled_archive


def run(folder, articles, say):
    """Archive what is not archived yet, telling how many texts are acknowledged."""
    with Archive.open(folder, disk=NO_SYNCS) as archive:
        begin_index(archive)
        known = {row.url for row in archive.all_texts()}
        for number, article in enumerate((one for one in articles if one.capture.url not in known), 1):
            archive_article(archive, article)
            if number % 5 == 0:
                archive.index.settle(at_least=1)
                archive.commit()
                say(archive.count_texts())


def run_and_kill(folder, articles, after):
    """Run in a child that is killed once it told ``after`` times; return what it acknowledged, and whether it ended."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            run(folder, articles, lambda count: os.write(write, b"%d\n" % count))
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(write)
    heard = b""
    with os.fdopen(read, "rb", buffering=0) as pipe:
        while heard.count(b"\n") < after and (more := pipe.read(1 << 16)):
            heard += more
        os.kill(child, signal.SIGKILL)
        heard += pipe.readall()
    status = os.waitpid(child, 0)[1]
    assert status in {0, signal.SIGKILL}
    return int(heard.split()[-1]) if heard else 0, status == 0


def insist_on_index(folder, acknowledged):
    """Hold the index to the texts: every text once, every posting once, those of its sketch and no other."""
    with Catalog.open_readonly(folder) as catalog:
        texts = list(catalog.all_texts())
        assert len(texts) >= acknowledged
        indexed = {row.id: catalog.index.sketch_of(row.id) for row in texts if catalog.index.sizes([row.id])}
        assert sorted(row.digest for row in texts if row.id in indexed) == sorted(
            {row.digest for row in texts}
        )
        postings = Counter(catalog.index.all_postings())
        assert set(postings.values()) <= {1}
        assert set(postings) == {(shingle, text) for text, sketch in indexed.items() for shingle in sketch}


def kill_again_and_again(folder, articles, chance):
    kills, done = 0, False
    while not done:
        acknowledged, done = run_and_kill(folder, articles, chance.randrange(1, 8))
        kills += not done
        insist_on_index(folder, acknowledged)
        assert not [finding for finding in verify(folder) if finding.is_damage]
    return kills


@pytest.fixture
def small_articles():
    news = labelled_archive(bases=2, digests=2, presses=20)
    return [article_of(each, number) for number, each in enumerate(news)]


def test_killed_at_random(tmp_path, small_articles):
    assert kill_again_and_again(tmp_path / "killed", small_articles, random.Random(1)) >= 2
    archive_all(tmp_path / "whole", small_articles)
    with (
        Catalog.open_readonly(tmp_path / "killed") as killed,
        Catalog.open_readonly(tmp_path / "whole") as whole,
    ):
        assert stories_in(killed) == stories_in(whole)
    assert list(verify(tmp_path / "killed")) == []


@pytest.mark.soak
def test_killed_at_random_many_times(tmp_path):
    news = labelled_archive(bases=8, digests=10, presses=60)
    articles = [article_of(each, number) for number, each in enumerate(news)]
    kills, trial = 0, 0
    while kills < 100:
        kills += kill_again_and_again(tmp_path / str(trial), articles, random.Random(trial))
        trial += 1
    print(f"{kills} kills in {trial} archives of {len(articles)} articles: 0 lost, 0 extra")
