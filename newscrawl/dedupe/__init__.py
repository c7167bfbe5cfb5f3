"""Which texts are the same text, and which are one story. Works on repaired text, in its comparing form.

fingerprint   the text fingerprint: one value for all exact duplicates
keys          the two together, for an article on its way to the archive
sketch        a few dozen numbers a text: texts that share numbers are worth a look
candidates    which texts are looked at
alignment     the passages that two texts share
facts         figures, amounts, dates, names and places in a text
differences   what stands in one text and not in the other
confirmation  the relation of two texts
relations     what is said of two texts that were compared
story         the values of a story: texts, links, members
grouping      which texts are one story
stories       the stories of a set of texts, each with its original
word_diff     what a reader is shown of two members
farms         how much of a site is other people's news
"""

from __future__ import annotations

from newscrawl.dedupe.candidates import CROWD, may_match, shared_by_copies, to_read
from newscrawl.dedupe.confirmation import COMPARISON_VERSION, MAX_COMPARED, compare
from newscrawl.dedupe.farms import borrowed_share, names_another
from newscrawl.dedupe.fingerprint import FINGERPRINT_VERSION, text_fingerprint
from newscrawl.dedupe.keys import text_keys
from newscrawl.dedupe.relations import ComparedText, Comparison, Difference, Relation
from newscrawl.dedupe.sketch import MAX_SKETCH, SKETCH_VERSION, sketch_of
from newscrawl.dedupe.stories import original_of, renamed, stories_of, story_id
from newscrawl.dedupe.story import Link, Member, Related, Renaming, Story, StoryText
from newscrawl.dedupe.word_diff import Span, word_diff

__all__ = [
    "COMPARISON_VERSION",
    "CROWD",
    "FINGERPRINT_VERSION",
    "MAX_COMPARED",
    "MAX_SKETCH",
    "SKETCH_VERSION",
    "ComparedText",
    "Comparison",
    "Difference",
    "Link",
    "Member",
    "Related",
    "Relation",
    "Renaming",
    "Span",
    "Story",
    "StoryText",
    "borrowed_share",
    "compare",
    "may_match",
    "names_another",
    "original_of",
    "renamed",
    "shared_by_copies",
    "sketch_of",
    "stories_of",
    "story_id",
    "text_fingerprint",
    "text_keys",
    "to_read",
    "word_diff",
]
