"""The catalog's rows of how texts hang together: links, stories, and the history of their ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.storage.schema import stamp
from newscrawl.storage.story_lines import ComparedLine, RenamedLine, StoryLine, TextLink, UnlinkedLine
from newscrawl.storage.texts import Texts, as_list

_IDS = "WITH ids AS (SELECT value FROM json_each(?))"
_PAGE = "substr(texts.key, 1, length(texts.key) - length(texts.digest) - 1)"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link, between rows of texts."""

    ours: int
    theirs: int
    link: TextLink


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a text stands: its story, and what it is to another text there."""

    text: int
    story: str | None
    relation: str | None = None
    against: int | None = None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """What the catalog knows of a story with more than one text."""

    id: str
    original: int
    text_count: int
    site_count: int
    """Hosts that printed it."""
    first_at: str
    """ISO 8601: the day or time of its first publication, else of its first capture."""
    last_at: str


class Stories(Texts):
    """The rows of links and stories, in a database."""

    def links_of(self, texts: Collection[int]) -> list[LinkRow]:
        """Return every link that one of these texts has, once."""
        return list(self._links("WHERE ours IN ids OR theirs IN ids", texts))

    def links_among(self, texts: Collection[int]) -> list[LinkRow]:
        """Return the links that have both ends among these texts."""
        return list(self._links("WHERE ours IN ids AND theirs IN ids", texts))

    def bare_links_of(self, texts: Collection[int]) -> list[TextLink]:
        """Return every link that one of these texts has, once, without what differs: that takes the longest."""
        query = (
            f"{_IDS} SELECT o.key, t.key, l.relation, one_story FROM links l "
            "JOIN texts o ON o.id = ours JOIN texts t ON t.id = theirs WHERE ours IN ids OR theirs IN ids"
        )
        rows = self._db.execute(query, (as_list(texts),))
        return [TextLink(ours, theirs, relation, bool(one)) for ours, theirs, relation, one in rows]

    def near(self, texts: Collection[int]) -> set[int]:
        """Return the texts that are one story with any of these: linked so, equal, or at one URL."""
        rows = self._db.execute(
            f"{_IDS} SELECT theirs FROM links WHERE ours IN ids AND one_story "
            "UNION SELECT ours FROM links WHERE theirs IN ids AND one_story "
            "UNION SELECT twin.id FROM texts JOIN texts twin USING (digest) WHERE texts.id IN ids "
            f"UNION SELECT other.id FROM texts JOIN texts other ON other.key > {_PAGE} || '#' AND other.key < {_PAGE} || '$' "
            "WHERE texts.id IN ids",
            (as_list(texts),),
        )
        return {text for (text,) in rows}

    def linked_texts(self) -> list[int]:
        """Return the texts that are not by themselves, and those that are said to be in a story."""
        rows = self._db.rows(
            "SELECT ours FROM links WHERE one_story UNION SELECT theirs FROM links WHERE one_story "
            "UNION SELECT id FROM texts WHERE story IS NOT NULL OR kind = 'duplicate' OR digest IN "
            "(SELECT digest FROM texts GROUP BY digest HAVING count(*) > 1) "
            "UNION SELECT texts.id FROM texts JOIN articles USING (path) WHERE previous IS NOT NULL"
        )
        return [text for (text,) in rows]

    def story(self, id_: str) -> StoryRow | None:
        """Return the story with an id, also with one that it no longer has."""
        row = self._db.row("SELECT * FROM stories WHERE id = ?", (id_,))
        if row:
            return StoryRow(*row)
        new = self._db.row(
            "SELECT new FROM story_renamings WHERE old = ? ORDER BY line_offset DESC LIMIT 1", (id_,)
        )
        return self.story(new[0]) if new else None

    def stories(
        self, *, limit: int = -1, since: str | None = None, source: str | None = None
    ) -> Iterator[StoryRow]:
        """Yield the stories with more than one text, those with the most first."""
        wanted, values = ["1"], list[object]()
        if since is not None:
            wanted.append("last_at >= ?")
            values.append(since)
        if source is not None:
            wanted.append("id IN (SELECT story FROM texts WHERE source = ? AND story IS NOT NULL)")
            values.append(source)
        query = f"SELECT * FROM stories WHERE {' AND '.join(wanted)} ORDER BY text_count DESC, id LIMIT ?"
        for row in self._db.execute(query, (*values, limit)):
            yield StoryRow(*row)

    def link_counts(self) -> dict[str, int]:
        """Return how many links of each relation there are."""
        return dict(self._db.rows("SELECT relation, count(*) FROM links GROUP BY relation ORDER BY relation"))

    def story_counts(self) -> tuple[int, int]:
        """Return how many stories there are, those of one text among them, and how many stand on several sites."""
        row = self._db.rows(
            "SELECT (SELECT count(*) FROM stories) + (SELECT count(*) FROM texts WHERE story IS NULL), "
            "(SELECT count(*) FROM stories WHERE site_count > 1)"
        )[0]
        return int(row[0]), int(row[1])

    def renamings(self, story: str) -> list[RenamedLine]:
        """Return what became of an id, and which ids a story had, oldest first."""
        rows = self._db.rows(
            "SELECT key, old, new, at FROM story_renamings WHERE ?1 IN (old, new) ORDER BY line_offset",
            (story,),
        )
        return [RenamedLine(text, old, new, datetime.fromisoformat(at)) for text, old, new, at in rows]

    def take_story_line(self, line: StoryLine, line_offset: int) -> None:
        """Add the rows of a line of the ledger of stories.

        Raises:
            ValueError: it names a text that nobody knows.
        """
        match line:
            case ComparedLine(text, compared, links):
                self._db.write("UPDATE texts SET compared = ? WHERE id = ?", (compared, self._id_of(text)))
                for link in links:
                    ids = (self._id_of(link.ours), self._id_of(link.theirs))
                    differences = json.dumps(link.differences, ensure_ascii=False, separators=(",", ":"))
                    self._db.write(
                        "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)",
                        (*ids, link.relation, link.one_story, differences),
                    )
            case UnlinkedLine(pairs):
                for ours, theirs in pairs:
                    ids = (self._id_of(ours), self._id_of(theirs))
                    self._db.write("DELETE FROM links WHERE ours = ? AND theirs = ?", ids)
            case RenamedLine(text, old, new, at):
                self._db.write(
                    "INSERT INTO story_renamings VALUES (?, ?, ?, ?, ?)",
                    (line_offset, text, old, new, stamp(at)),
                )

    def place(self, placed: Iterable[Placed]) -> None:
        """Note where texts stand."""
        self._db.write_many(
            "UPDATE texts SET story = ?, relation = ?, against = ? WHERE id = ?",
            [(one.story, one.relation, one.against, one.text) for one in placed],
        )

    def put_stories(self, gone: Iterable[str], rows: Iterable[StoryRow]) -> None:
        """Replace stories: those with the ids ``gone`` by these."""
        self._db.write_many("DELETE FROM stories WHERE id = ?", [(id_,) for id_ in gone])
        self._db.write_many(
            "INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?, ?)",
            [(r.id, r.original, r.text_count, r.site_count, r.first_at, r.last_at) for r in rows],
        )

    def _id_of(self, key: str) -> int:
        row = self._db.row("SELECT id FROM texts WHERE key = ?", (key,))
        if row is None:
            raise ValueError(f"no text has the key {key!r}")
        return int(row[0])

    def _links(self, where: str, texts: Collection[int]) -> Iterator[LinkRow]:
        query = (
            f"{_IDS} SELECT ours, theirs, o.key, t.key, l.relation, one_story, differences FROM links l "
            f"JOIN texts o ON o.id = ours JOIN texts t ON t.id = theirs {where}"
        )
        for row in self._db.execute(query, (as_list(texts),)):
            yield LinkRow(row[0], row[1], _link(row[2:]))


def _link(columns: Sequence[Any]) -> TextLink:
    ours, theirs, relation, one_story, differences = columns
    told = tuple((kind, said, other) for kind, said, other in json.loads(differences))
    return TextLink(ours, theirs, relation, bool(one_story), told)
