"""Base texts: news of one event each, in varied sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.dedupe.labelled.words import NOUNS, ORGANS, ROLES, STOCK_PHRASES, TOPICS, VERBS, Words, counties


@dataclass(frozen=True, eq=False)  # each is itself: measures are remembered by it
class News:
    """A headline and paragraphs, with what the labels say."""

    id: str
    story: str
    """Texts of one story have this in common; empty for what is of no one story (a digest)."""
    headline: str
    paragraphs: tuple[str, ...]
    kind: str = "base"
    held: tuple[str, ...] = ()
    """The stories that a digest holds."""

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)

    def edited(self, kind: str, paragraphs: tuple[str, ...] | list[str], headline: str | None = None) -> News:
        return replace(
            self,
            id=f"{self.id}/{kind}",
            kind=kind,
            paragraphs=tuple(each for each in paragraphs if each),
            headline=self.headline if headline is None else headline,
        )


_SENTENCES = (
    "{period},{place}{organ}{verb}{noun}{figure},{verb}{noun}{figure},{word}{word2}",
    "“{clause},”{role}{person}说,“{clause}”",
    "据{organ}{role}{person}介绍,{clause},{verb}{noun}{amount}",
    "{clause},{clause},{clause}",
    "在{spot},{person}正忙着{verb}{noun},{idiom},{clause}",
    "{noun}{verb}之后,{word2}{noun}比上年增长{percent},{clause}",
    "{day},{spot}的{noun}正式{verb},总投资{amount},{clause}",
    "{stock},{place}把{noun}作为{word}{noun},{verb}{noun}{figure}",
    "{idiom},{idiom},{spot}{noun}的{word}令人{word}",
    "{role}{person}告诉记者,{clause},每{word}可以{verb}{figure}",
    "下一步,{organ}将{verb}{noun},{clause},力争{period}{verb}{figure}",
    "{word2}的{word},{word}的{word2},{clause}",
    "其中,{noun}{figure},占{percent};{noun}{figure},占{percent}",
    "{spot}与{spot}之间的{noun}长{figure},{clause}",
    "为了{word}{noun},{person}和{person}{clause},{idiom}",
    "{clause},从{amount}提高到{amount},{clause}",
    "{place}{noun}{verb}启动于{day},由{organ}牵头,{clause}",
    "不少{noun}反映{clause},对此{organ}{verb}{noun},{clause}",
)
_CLAUSES = (
    "{noun}的{word}{word}了",
    "{word}{noun}{verb}得{word}",
    "{verb}{noun}要{word}{word}",
    "{word2}与{word}{word}",
    "{noun}{idiom}",
    "既{verb}{noun},又{word}{noun}",
    "{word}一{word},{noun}就{word}",
    "{period}{verb}{noun}{figure}",
    "把{noun}{word}到{spot}",
    "{noun}里{word}着{word2}",
    "{word}从{word}到{word}",
    "以{word}{verb}{word}",
)
_SLOT = re.compile(r"\{(\w+)\}")


class Reporter:
    """Writes about one event: its place, its organs and people come back in the text."""

    def __init__(self, seed: str) -> None:
        self.words = Words(seed)
        rng = self.words.rng
        self.city, self.county = rng.choice(counties())
        self.topic = rng.choice(TOPICS)
        self.organs = [
            self.county + each if i else self.city + each for i, each in enumerate(rng.sample(ORGANS, 3))
        ]
        self.people = [(self.words.person(), rng.choice(ROLES)) for _ in range(4)]
        self.spots = [self.words.spot() for _ in range(4)]
        self.day = self.words.day()

    def fill(self, pattern: str) -> str:
        """Return the pattern with its slots filled."""
        return _SLOT.sub(lambda match: self._slot(match[1]), pattern)

    def _slot(self, name: str) -> str:
        words, rng = self.words, self.words.rng
        fillers: dict[str, Callable[[], str]] = {
            "period": words.period,
            "place": lambda: rng.choice((self.city, self.county, self.county)),
            "organ": lambda: rng.choice(self.organs),
            "verb": lambda: rng.choice(VERBS),
            "noun": lambda: rng.choice(
                (rng.choice(NOUNS), words.plain(2) + rng.choice(NOUNS), words.plain(2))
            ),
            "figure": words.figure,
            "amount": words.amount,
            "percent": words.percent,
            "word": lambda: words.plain(2),
            "word2": lambda: words.plain(rng.choice((2, 3, 4))),
            "idiom": lambda: words.plain(4),
            "stock": lambda: rng.choice(STOCK_PHRASES),
            "day": words.day,
            "clock": words.clock,
            "spot": lambda: rng.choice((*self.spots, words.spot())),
            "person": lambda: rng.choice(self.people)[0] if rng.random() < 0.7 else words.person(),
            "role": lambda: rng.choice(ROLES),
            "clause": lambda: self.fill(rng.choice(_CLAUSES)),
        }
        return fillers[name]()

    def sentence(self) -> str:
        return self.fill(self.words.one(list(_SENTENCES))) + "。"

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self.words.rng.choice((1, 2, 2, 3))))

    def lede(self) -> str:
        person, role = self.people[0]
        forms = (
            f"{self.day},{self.city}召开{self.topic}新闻发布会,{self.organs[0]}{role}{person}介绍有关情况。",
            f"{self.day}清晨,{self.county}{self.spots[0]}{self.fill('{clause}')}。",
            f"记者{self.day}从{self.organs[0]}了解到,{self.fill('{period}')}{self.county}{self.topic}{self.fill('{clause}')}。",
            f"{self.county}{self.topic}{self.fill('{verb}')}{self.fill('{figure}')},{self.fill('{clause}')}。这是{person}{self.day}说的。",
            f"本报讯 {self.day},{self.county}{self.organs[1]}在{self.spots[1]}{self.fill('{verb}{noun}')},{self.fill('{clause}')}。",
        )
        return self.words.one(list(forms)) + self.sentence()

    def headline(self) -> str:
        forms = (
            "{place}{topic}{verb}{figure}",
            "{place}:{word}{noun}{verb}",
            "{topic}{verb}{noun} {idiom}",
            "{place}{verb}{noun}{figure}{word}",
            "{idiom}!{place}{topic}{word}",
        )
        return self.fill(self.words.one(list(forms)).replace("{topic}", self.topic))


def write_news(story: str, paragraphs: int | None = None) -> News:
    """Return the base text of a story; its name is the seed."""
    reporter = Reporter(story)
    count = paragraphs or reporter.words.rng.choice((3, 4, 5, 6, 7, 8, 9, 12))
    body = (reporter.lede(), *(reporter.paragraph() for _ in range(count - 1)))
    return News(story, story, reporter.headline(), body)
