"""The rules in the order in which they are applied. A new rule is one module and one line here.

Where the order matters:

- characters before words: every other rule reads what a hidden character or a gloss would break up;
- pinyin before headlines and repeats: copies of a line are not always injected at the same words;
- headline before repeated body: the first copy of seed 000 has the headline glued to its first line;
- stamp lists before repeats of the headline: the article's own entry is told by its title;
- lists before credits: the entry that recovers a headline begins with the byline, as the text does;
- repeated body before lists: a list between two copies would end the article at the first one;
- what only looks (dateline, mismatch) last: it judges what is kept.
"""

from __future__ import annotations

from newscrawl.repair import (
    abstract,
    comment_box,
    credit_line,
    dateline,
    glued_headline,
    headline,
    headline_repeat,
    hidden,
    known_line,
    layout,
    lost_byte,
    mismatch,
    page_line,
    photo_disclaimer,
    pinyin,
    private_use,
    radicals,
    related_list,
    repeated_body,
    signs,
    spaced_hanzi,
    stamp_list,
    stock_quote,
    template_remains,
)
from newscrawl.repair.draft import Rule

CHARACTER_RULES: tuple[Rule, ...] = (
    layout.BREAKS,
    hidden.RULE,
    lost_byte.RULE,
    private_use.RULE,
    radicals.RULE,
    template_remains.RULE,
    layout.EMPTY,
)
"""What is done to a headline that is known apart as well."""

RULES: tuple[Rule, ...] = (
    *CHARACTER_RULES,
    spaced_hanzi.RULE,
    pinyin.RULE,
    stock_quote.RULE,
    layout.EMPTY,
    headline.RULE,
    stamp_list.RULE,
    headline_repeat.RULE,
    glued_headline.RULE,
    repeated_body.RULE,
    known_line.RULE,
    comment_box.RULE,
    related_list.RULE,
    page_line.RULE,
    photo_disclaimer.RULE,
    credit_line.RULE,
    abstract.RULE,
    layout.EMPTY,
    dateline.RULE,
    mismatch.RULE,
    signs.RULE,
)
