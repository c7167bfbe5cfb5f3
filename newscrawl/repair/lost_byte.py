"""Rule: GBK text that lost one byte and was read out of step from there is read anew, where that can be proved.

``25個?。ㄗ灾螀^`` is ``25個省（自治區``: a filter ate the first byte of 省, so the second halves of all characters up to
the next ASCII became first halves. Put back in step the run must be nothing but common hanzi and punctuation
while as it stands a good part of it is odd; then chance is ruled out. The character whose byte was eaten is
lost, and its mark stays. Seen on hijacked mirrors and, once, on a large portal; runs in which NFKC has changed
a character cannot be read anew and are left as they are.
"""

from __future__ import annotations

import re

from newscrawl.repair.common_hanzi import is_common
from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span
from newscrawl.text.characters import is_hanzi
from newscrawl.text.normal import to_nfkc

ODD_RATIO = 0.4
"""Share of a run that is odd as it stands; 0.003 in the bodies of 30 annotated pages."""
ODD_NEEDED = 2

_RUN = re.compile(
    r"""[?\ufffd]               # what the decoder made of the half that was left
    (?P<run>[^\x00-\x7f]{4,80}) # out of step
    (?P<end>[@-~]|(?=[?\ufffd])|$|(?=[\x00-\x3f]))  # in step again: a second half in ASCII, or another mark""",
    re.VERBOSE | re.MULTILINE,
)
_PUNCTUATION = frozenset("、。·ˉˇ¨〃—~‖…‘’“”〔〕〈〉《》「」『』〖〗【】,.:;!?()%0123456789")


def find(draft: Draft) -> Findings:
    """Return the runs that are out of step, each with what it says in step."""
    spans = []
    for match in _RUN.finditer(draft.text):
        said = read_in_step(match["run"], match["end"])
        if said is not None:
            spans.append(Span(match.start("run"), match.end(), "GBK out of step", said))
    return Findings(tuple(spans), flags=frozenset({"characters_lost"})) if spans else NOTHING


def read_in_step(run: str, end: str = "") -> str | None:
    """Return what a run says when it is read one byte later, None unless that is certain.

    >>> read_in_step("。ㄗ灾螀", "^")
    '(自治區'
    >>> read_in_step("你说呢今天的天气真好啊") is None
    True
    """
    odd = sum(map(_is_odd, run))
    if odd < ODD_NEEDED or odd < ODD_RATIO * len(run):
        return None
    try:
        halves = run.encode("gbk")[1:] + end.encode("ascii")
        said = halves[: len(halves) // 2 * 2].decode("gbk")
    except UnicodeError:
        return None
    return to_nfkc(said) if not any(map(_is_odd, said)) else None


def _is_odd(character: str) -> bool:
    if is_hanzi(character):
        return not is_common(character)
    return character not in _PUNCTUATION and not "\uff01" <= character <= "\uff5e"  # full-width ASCII


RULE = Rule("lost_byte", find)
