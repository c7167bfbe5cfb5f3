"""Names of people, as a label or a byline has them: nothing is a name that could be a word of a sentence."""

from __future__ import annotations

import re

_NAME_COUNT = 12  # more names than this in one credit are a list of people, not a byline
_TEAM_LENGTH = 12  # characters; what is longer says something

_NAME = re.compile(
    r"""[一-鿿]{2,4} | [一-鿿]{1,8}[·•・][一-鿿·•・]{1,12}      # 张三, 买买提·艾力
    | [A-Za-z][A-Za-z.\-']{0,20}(?:\s[A-Z][A-Za-z.\-']{0,20}){0,2}[0-9]{0,6}""",  # Demi Xia, HN666
    re.VERBOSE,
)
_SEPARATORS = re.compile(r"[\s、,，;；/／|｜丨&和]+")
_SPLIT_NAME = re.compile(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])")  # 邹 明
_NOT_IN_NAMES = frozenset("您你我他她它们么吗呢吧啊的了是不这那怎哪请谢很")
_TITLE_BEFORE_NAME = re.compile(r"^[一-鿿·《》]{0,12}(?:记者|記者|通讯员|評論員|评论员|作者|主任)\s*(?=\S)")
_SENTENCE_END = re.compile(r"[。？！?!…]")


def names_of(text: str) -> tuple[str, ...]:
    """Return the names of people in ``text``, or nothing when it holds anything else.

    >>> names_of("邹 明、高明勇")
    ('邹明', '高明勇')
    >>> names_of("您怎么看")
    ()
    """
    text = _TITLE_BEFORE_NAME.sub("", text.strip(" 　:：、,，|｜丨/"))
    text = _SPLIT_NAME.sub(r"\1\2", _SPLIT_NAME.sub(r"\1\2", text))
    if _NAME.fullmatch(text) and not _NOT_IN_NAMES & set(text):
        return (text,)
    words = [word for word in _SEPARATORS.split(text) if word]
    if not 0 < len(words) <= _NAME_COUNT:
        return ()
    if any(not _NAME.fullmatch(word) or _NOT_IN_NAMES & set(word) for word in words):
        return ()
    return tuple(words)


def team_of(text: str) -> tuple[str, ...] | None:
    """Return () for a label without a value, a team's name as it stands, None for a sentence."""
    if not text:
        return ()
    if (
        len(text) > _TEAM_LENGTH
        or _SENTENCE_END.search(text)
        or _NOT_IN_NAMES & set(text)
        or re.search(r"[,，:：“”]", text)
    ):
        return None
    return (text,)
