from __future__ import annotations

import time

import pytest

from newscrawl.text.credits import find_credits, is_credit_line
from newscrawl.text.names import names_of

CASES = {
    "labels after a date": (
        "2023-08-10 18:40 来源：大众网 作者：张三 责任编辑：李四",
        [("source_outlet", ("大众网",)), ("authors", ("张三",)), ("editors", ("李四",))],
    ),
    "a date ends the outlet": (
        "来源: 半岛网－半岛都市报 2024年05月10日08:12",
        [("source_outlet", ("半岛网－半岛都市报",))],
    ),
    "controls of the page end the outlet": (
        "来源：齐鲁晚报 字体：大 中 小",
        [("source_outlet", ("齐鲁晚报",))],
    ),
    "padded labels": (
        "来 源：鲁中晨报　编 辑：赵 六",
        [("source_outlet", ("鲁中晨报",)), ("editors", ("赵六",))],
    ),
    "stroke for a colon": ("来源 | 鲁中晨报、淄博日报", [("source_outlet", ("鲁中晨报、淄博日报",))]),
    "outlet with a Latin name": (
        "来源：Radio Zibo 作者：张三",
        [("source_outlet", ("Radio Zibo",)), ("authors", ("张三",))],
    ),
    "government labels": (
        "发布时间：2019-09-07 10:20 信息来源：市民政局 浏览次数： 120",
        [("date_published", ("2019-09-07 10:20",)), ("source_outlet", ("市民政局",))],
    ),
    "editors in brackets": ("（责编：孙七、周八）", [("editors", ("孙七", "周八"))]),
    "editors in heavy brackets": ("【编辑:吴九】", [("editors", ("吴九",))]),
    "an editor's code": ("（责任编辑： HN066）", [("editors", ("HN066",))]),
    "a Latin name": ("责编：Mary Xia", [("editors", ("Mary Xia",))]),
    "a long title names the writer": (
        "采写：南山都市报记者 郑十 钱十一",
        [("reporters", ("郑十", "钱十一"))],
    ),
    "original headline": (
        "原标题：夜市办起来了！居民说好",
        [("alternative_headline", ("夜市办起来了！居民说好",))],
    ),
    "keywords": ("关键词: 临沂 儿童 保障", [("keywords", ("临沂", "儿童", "保障"))]),
    "an empty label": ("关键词：", [("keywords", ())]),
    "byline with an outlet": ("中国山东网记者 宋文 报道", [("reporters", ("宋文",))]),
    "trainee": ("实习记者 徐昌", [("reporters", ("徐昌",))]),
    "byline without blanks": ("记者张三报道", [("reporters", ("张三",))]),
    "byline of two kinds": (
        "本报记者 张三 通讯员 李四 王五",
        [("reporters", ("张三",)), ("correspondents", ("李四", "王五"))],
    ),
    "byline of Taiwan": ("記者黃佩文／台北報導", [("reporters", ("黃佩文",))]),
    "byline in brackets after a sentence": (
        "会议今天闭幕。（总台记者 奚丹 张赛）",
        [("reporters", ("奚丹", "张赛"))],
    ),
    "byline in a dateline": (
        "本报济南8月9日讯（记者 张三 通讯员 李四）会议召开。",
        [("reporters", ("张三",)), ("correspondents", ("李四",))],
    ),
    "author before the name": ("《长镜》作者 周春", [("authors", ("周春",))]),
    "a name with a middle dot": ("编辑：买买提·艾力", [("editors", ("买买提·艾力",))]),
}

NO_CREDITS = {
    "report": "记者从会上了解到，临沂市连续4年提高保障标准。",
    "interview question": "记者：您怎么看这个问题？",
    "greeting": "记者：您好",
    "photo credit": "本报记者 李贺 摄",
    "photo source": "图片来源：珠海现代有轨电车",
    "announcement": "时间：2023年8月10日",
    "editor who says": "编辑:姚昊说,这是第一次。",
    "source in a sentence": "来源：新华社，记者在现场看到，许多人在这里排队，等候，观看。",
    "plain text": "今年以来，全市新建公园12处。",
    "empty": "",
}


@pytest.mark.parametrize(("line", "expected"), CASES.values(), ids=CASES)
def test_credits_are_found(line, expected):
    assert [(credit.kind, credit.values) for credit in find_credits(line)] == expected


@pytest.mark.parametrize("line", NO_CREDITS.values(), ids=NO_CREDITS)
def test_sentences_are_no_credits(line):
    assert find_credits(line) == ()
    assert not is_credit_line(line)


@pytest.mark.parametrize("line", [line for line, _ in CASES.values()], ids=CASES)
def test_spans_are_exact_ordered_and_apart(line):
    done = 0
    for credit in find_credits(line):
        assert credit.raw == line[credit.start : credit.end]
        assert done <= credit.start < credit.end
        done = credit.end


def test_a_bracket_of_credits_goes_with_them():
    line = "会议今天闭幕。（记者 张三 通讯员 李四）"
    found = find_credits(line)
    assert (found[0].raw, found[-1].raw) == ("（记者 张三", "通讯员 李四）")


def test_a_bracket_with_other_words_stays():
    (found,) = find_credits("（本文有删节 责编：孙七）")
    assert found.raw == "责编：孙七"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("【编辑:吴九】", True),
        ("2023-08-10 来源:大众网", True),
        ("来源:大众网 字体:大 中 小", False),
        ("会议今天闭幕。(责编:孙七)", False),
    ],
)
def test_a_credit_line_says_nothing_else(line, expected):
    assert is_credit_line(line) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("邹 明、高明远", ("邹明", "高明远")),
        ("特约评论员 韩函", ("韩函",)),
        ("为什么这样", ()),
        ("", ()),
        ("张三" * 40, ()),
        (" ".join(["张三"] * 13), ()),
    ],
)
def test_names(text, names):
    assert names_of(text) == names


@pytest.mark.parametrize(
    "unit",
    [
        "记者",
        "记者 ",
        "(",
        "(记者",
        "来 ",
        "张三 ",
        "记者 张三 ",
        "一 ",
        "来源:",
        "编辑/",
        "( ",
        "原标题:原题",
        "[(编辑:",
    ],
)
def test_no_line_takes_long(unit):
    started = time.process_time()
    for length in (70, 4_900, 1_000_000):
        find_credits((unit * length)[:length])
    assert time.process_time() - started < 1.0
