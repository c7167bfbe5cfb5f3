"""Where keys stand in TOML."""

from __future__ import annotations

import pytest

from newscrawl.sources.lines import find_lines, line_of

TEXT = '''\
# id = "no"
id = "a"  # a comment with = in it

scope = [
  "a.cn", # delay = 3
  "[fetch]",
]
note = """
[list]
delay = 7
"""
fetch.delay = 5
"quoted key" = 1
inline = { x = 1, y = { z = 2 } }

[list]  # comment
url = 'x[1]=2'

[[column]]
name = "1"
[[ column ]]
  name = "2"
  [column.sub]
  a = 1
[[column.deep]]
b = 1
[[column.deep]]
b = 2
'''

PLACES = {
    ("id",): 2,
    ("scope",): 4,
    ("note",): 8,
    ("fetch", "delay"): 12,
    ("quoted key",): 13,
    ("inline",): 14,
    ("list",): 16,
    ("list", "url"): 17,
    ("column", 0): 19,
    ("column", 0, "name"): 20,
    ("column", 1, "name"): 22,
    ("column", 1, "sub", "a"): 24,
    ("column", 1, "deep", 0, "b"): 26,
    ("column", 1, "deep", 1, "b"): 28,
}


@pytest.mark.parametrize(("place", "line"), PLACES.items())
def test_every_key_has_its_line(place, line):
    assert find_lines(TEXT)[place] == line


@pytest.mark.parametrize(
    ("place", "line"),
    [(("scope", 1), 4), (("inline", "y", "z"), 14), (("column", 1, "list"), 21), (("name",), 1), ((), 1)],
)
def test_what_has_no_line_has_the_line_around_it(place, line):
    assert line_of(place, find_lines(TEXT)) == line


@pytest.mark.parametrize(
    "text", ["", "\n\n", "=", "[", "]]", "a", 'a = "', "[[a", "x = [\n" * 300, "= = =\n[a = b]\n"]
)
def test_broken_texts_have_what_lines_they_have(text):
    assert all(1 <= line <= text.count("\n") + 1 for line in find_lines(text).values())
