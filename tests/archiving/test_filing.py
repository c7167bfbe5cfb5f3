"""What becomes of an article, beside those that the archive has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.archiving import KnownText, archive_article
from newscrawl.archiving.catching_up import begin_index
from newscrawl.exceptions import SeedFormatError
from newscrawl.items import ArchivedArticle, Article, Capture, Metadata
from newscrawl.storage import Archive, UrlState, verify
from tests.archiving.making import NO_SYNCS

BODY = """淄博新闻网5月9日讯 记者从市民政局获悉,今年全市共有孤困儿童1035名,每人每月补助2178元,比去年增加120元。
市民政局副局长王建国介绍,下一步将在张店区、临淄区建设12处关爱服务站,覆盖86个社区。
“我们要让每个孩子都有人管。”王建国说,服务站将在9月底前全部建成,由专职社工值守。
此外,全市还将招募志愿者600名,为孩子们提供课业辅导和心理陪伴,周末开放图书角。"""
LEAD = BODY.split("\n", 1)[0]
NOON = datetime(2026, 5, 27, 4, 0, tzinfo=UTC)


def article(host, body=BODY, *, hours=0, headline="淄博市关爱孤困儿童", path="1.html", day=9):
    return Article(
        capture=Capture(f"http://{host}/{path}", host.partition(".")[0], NOON + timedelta(hours=hours)),
        headline=headline,
        body=body,
        metadata=Metadata(source_outlet="淄博新闻网", date_published=datetime(2026, 5, day, 12, tzinfo=UTC)),
    )


@pytest.fixture
def archive(tmp_path):
    names = {"zibo": "淄博新闻网", "linyi": "临沂在线"}
    with Archive.open(tmp_path / "archive", disk=NO_SYNCS, site_names=names) as archive:
        begin_index(archive)
        yield archive
        archive.commit()
        assert list(verify(archive.folder)) == []


def row_of(archive, one):
    (row,) = [row for row in archive.texts_at(one.capture.url) if row.captured_at == one.capture.captured_at]
    return row


def text_of(archive, one):
    return archive.whole_text(row_of(archive, one))


def test_a_reprint_with_edits_becomes_a_line_that_gives_its_text(archive):
    first = archive_article(archive, article("zibo.cn"))
    edited = article("b.cn", BODY.replace("此外,", ""), headline="快讯:关爱孤困儿童")
    found = archive_article(archive, edited)
    assert isinstance(found, KnownText)
    assert (found.relation, found.is_exact, found.original.path) == ("same", False, str(first.path))
    assert text_of(archive, edited) == edited.text
    archive.commit()
    assert text_of(archive, edited) == edited.text
    assert len(list(archive.all_articles())) == 1
    known = archive.url(edited.capture.url)
    assert (known.state, known.reason) == (UrlState.REPRINT, found.story)


def test_a_teaser_is_part_of_its_story_whichever_comes_first(tmp_path):
    relations = []
    for order in (1, -1):
        articles = [article("zibo.cn"), article("b.cn", LEAD, headline="关爱孤困儿童", day=10)][::order]
        with Archive.open(tmp_path / str(order), disk=NO_SYNCS) as archive:
            begin_index(archive)
            for one in articles:
                archive_article(archive, one)
            rows = {row.url: row for row in archive.all_texts()}
            relations.append({url: row.relation for url, row in rows.items()})
            assert len({row.story for row in rows.values()}) == 1
            assert archive.story_counts() == (1, 1)
    assert (
        relations[0] == relations[1] == {"http://zibo.cn/1.html": "original", "http://b.cn/1.html": "part_of"}
    )


def test_a_longer_text_is_a_file_of_its_own(archive):
    archive_article(archive, article("b.cn", LEAD))
    assert isinstance(archive_article(archive, article("zibo.cn")), ArchivedArticle)
    assert len(list(archive.all_articles())) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_what_a_reprint_adds_stands_in_a_seed_file_whichever_comes_first(archive, order):
    added = "首座服务站6月1日在和平街道揭牌,当天接待家庭86户。"
    found = [
        archive_article(archive, one)
        for one in [article("zibo.cn"), article("b.cn", BODY + added, hours=1)][::order]
    ]
    assert any(added in archive.text_of(row.path) for row in archive.all_articles())
    assert len({row.story for row in archive.all_texts()}) == 1
    assert isinstance(found[1], KnownText if order == -1 else ArchivedArticle)


def test_an_altered_figure_is_kept_linked_and_flagged(archive):
    archive_article(archive, article("zibo.cn"))
    altered = article("b.cn", BODY.replace("1035名", "1053名"))
    found = archive_article(archive, altered)
    assert isinstance(found, ArchivedArticle)
    assert "variant" in found.article.flags
    (link,) = archive.links_of([row_of(archive, altered).id])
    assert link.link.relation == "variant"
    assert {frozenset(difference[1:]) for difference in link.link.differences} == {
        frozenset({"1035", "1053"})
    }


def test_a_changed_article_at_its_url_is_a_version(archive):
    first = archive_article(archive, article("zibo.cn"))
    corrected = article("zibo.cn", BODY.replace("600名", "800名"), hours=5)
    found = archive_article(archive, corrected)
    assert isinstance(found, ArchivedArticle)
    old, new = archive.articles_of(corrected.capture.url)
    assert (old.path, new.previous) == (str(first.path), str(first.path))
    assert {row.story for row in archive.all_texts()} == {found.story}
    assert {row.relation for row in archive.all_texts()} == {"original", "version"}


def test_a_word_replaced_in_a_notice_may_be_a_slot_of_its_template(archive):
    archive_article(archive, article("zibo.cn"))
    found = archive_article(archive, article("b.cn", BODY.replace("图书角", "体育角")))
    assert isinstance(found, ArchivedArticle)
    assert found.article.flags == ("variant",)


def test_the_same_page_again_changes_nothing(archive):
    archive_article(archive, article("zibo.cn"))
    reprint = article("b.cn", BODY.replace("此外,", ""))
    archive_article(archive, reprint)
    archive.commit()
    before = {path: path.read_bytes() for path in archive.folder.rglob("*.jsonl")}
    for again in (
        article("zibo.cn", hours=9),
        replace(reprint, capture=replace(reprint.capture, captured_at=NOON)),
    ):
        assert isinstance(archive_article(archive, again), KnownText)
    archive.commit()
    assert {path: path.read_bytes() for path in archive.folder.rglob("*.jsonl")} == before
    assert archive.url(reprint.capture.url).state is UrlState.REPRINT


def test_every_text_is_a_file_when_asked(tmp_path):
    with Archive.open(tmp_path, disk=NO_SYNCS, reprints="files") as archive:
        begin_index(archive)
        archive_article(archive, article("zibo.cn"))
        assert isinstance(archive_article(archive, article("b.cn", LEAD)), ArchivedArticle)
        assert len({row.story for row in archive.all_texts()}) == 1


def test_an_exact_duplicate_found_late_may_be_the_original(archive):
    archive_article(archive, article("linyi.cn", day=11))
    found = archive_article(archive, article("zibo.cn", day=9, hours=30))
    assert (found.relation, found.is_exact) == ("same", True)
    (story,) = archive.stories()
    (original,) = archive.texts_with_ids([story.original])
    assert (original.url, original.kind, original.site) == (
        "http://zibo.cn/1.html",
        "duplicate",
        "淄博新闻网",
    )


def test_other_news_is_by_itself(archive):
    archive_article(archive, article("zibo.cn"))
    other = article(
        "linyi.cn", "\n".join(f"沂水县第{n}个樱桃大棚开园,果农老李说今年雨水足。" for n in range(9))
    )
    assert archive_article(archive, other).story is None
    assert archive.story_counts() == (2, 0)


def test_two_stories_merge_and_the_id_that_goes_is_remembered(archive):
    """An opening and an end have nothing in common until the whole is found."""
    opening, end = "\n".join(BODY.split("\n")[:2]), "\n".join(BODY.split("\n")[2:])
    for hours, (host, body) in enumerate(
        [
            ("a.cn", opening),
            ("b.cn", opening.replace("下一步", "")),
            ("c.cn", end),
            ("d.cn", end + "\n完。"),
        ]
    ):
        archive_article(archive, article(host, body, hours=hours))
    first, second = sorted(archive.stories(), key=lambda row: archive.texts_of_story(row.id)[0].captured_at)
    archive_article(archive, article("zibo.cn", hours=9))
    (merged,) = archive.stories()
    assert (merged.id, merged.text_count) == (first.id, 5)
    assert archive.story(second.id) == merged
    assert [(line.old, line.new) for line in archive.renamings(merged.id)] == [(second.id, first.id)]


def test_a_text_that_the_format_cannot_hold_leaves_nothing_behind(archive):
    archive_article(archive, article("zibo.cn"))
    with pytest.raises(SeedFormatError):
        archive_article(archive, article("b.cn", BODY.replace("此外,", "与此同时，")))
    assert len(list(archive.all_texts())) == 1
