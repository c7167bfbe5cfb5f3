"""What looks alike and is other news: press conferences, updates of one event, digests and glued pairs."""

from __future__ import annotations

import random
import re

from tests.dedupe.labelled.prose import News, Reporter, write_news
from tests.dedupe.labelled.words import Words

_BOILERPLATE = (
    "各位记者朋友,大家上午好!欢迎出席市政府新闻办公室举行的新闻发布会,感谢各位长期以来对我市各项工作的关心和支持。",
    "今天的发布会,我们邀请到了有关部门的负责同志,请他们介绍有关情况,并回答大家关心的问题。下面,首先请主发布人作介绍。",
    "下面进入提问环节,请各位记者举手示意,在提问前先通报一下所在的新闻机构。因时间关系,每位记者只提一个问题。",
    "感谢这位记者的提问,这个问题大家普遍关心,也是我们今年工作的重点之一,下面我就这一问题作一个简要的回答。",
    "下一步,我们将坚持以人民为中心的发展思想,把群众满意作为检验工作的标准,一件事情接着一件事情办,一年接着一年干,把实事办实、好事办好。",
    "由于时间关系,今天的提问环节就到这里。各位记者如果还有其他关心的问题,可以在会后与我们的工作人员联系,或者通过市政府门户网站了解。",
    "今天的新闻发布会到此结束,谢谢主发布人,谢谢各位记者朋友,也欢迎大家继续关注我市的后续工作,再见!",
    "会前,市政府新闻办公室向媒体印发了背景材料,并组织记者到现场进行了集中采访,有关图片和视频资料可在指定的平台下载使用。",
)


def press_conference(number: int) -> News:
    """Return a press conference with one to six of eight standing paragraphs, and its own news between."""
    own = write_news(f"press {number}", 3 + number % 3)
    rng = random.Random(f"press {number}")
    standing = sorted(rng.sample(range(len(_BOILERPLATE)), rng.randint(1, 6)))
    lines = list(own.paragraphs)
    for place, index in enumerate(standing):
        lines.insert(min(len(lines), index if index < 2 else place + 1), _BOILERPLATE[index])
    return News(own.id, own.story, own.headline, tuple(lines), "press")


def updates_of(number: int) -> list[News]:
    """Return three bulletins of one running event: the same text with newer figures, and news on top."""
    first = write_news(f"event {number}", 5)
    made = [News(f"{first.id}.0", f"{first.id}.0", first.headline, first.paragraphs, "update")]
    for turn in (1, 2):
        rng, more = random.Random(f"{first.id}.{turn}"), Reporter(f"{first.id}.{turn}")
        lines = [
            re.sub(
                r"\d+", lambda m, r=rng: str(int(m[0]) + r.randint(1, 9)) if r.random() < 0.6 else m[0], line
            )
            for line in made[-1].paragraphs
        ]
        name = f"{first.id}.{turn}"
        made.append(News(name, name, first.headline, (more.paragraph(), *lines), "update"))
    return made


def digest(number: int, stories: list[News]) -> News:
    """Return several stories in one text: glued whole, their openings, or one paragraph of each under its headline."""
    rng, lines = random.Random(f"digest {number}"), []
    for news in stories:
        whole = news.paragraphs
        kept = {0: whole, 1: whole[:2], 2: whole[:1]}[number % 3]
        lines += (news.headline, *kept) if number % 2 else kept
    headline = stories[0].headline if number % 4 == 0 else Words(f"digest {number}").plain(4) + "要闻速览"
    if rng.random() < 0.3:
        lines.append("今日要闻就为您播报到这里,欢迎继续关注。")
    return News(
        f"digest {number}", "", headline, tuple(lines), "digest", tuple(each.story for each in stories)
    )
