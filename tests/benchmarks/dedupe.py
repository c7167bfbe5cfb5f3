"""How well reprints are recognised, beside the usual answer: MinHash with LSH, written out plainly here.

    python -m tests.benchmarks.dedupe [base texts]

Both see the same comparing forms of the labelled set of ``tests/dedupe/labelled``. MinHash: 128 permutations of
the 5-character shingles' CRCs, a pair is the same when its estimated Jaccard is at least .5 (32 bands of 4 rows
would find those; here every pair is asked, so its recall is an upper bound). CPU time of one process, compare
the ratios, never the absolute figures of two machines.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations
from zlib import crc32

from newscrawl.dedupe import sketch_of
from tests.dedupe.labelled.edits import FACTS, altered, reprints_of
from tests.dedupe.labelled.held_out import HELD_OUT
from tests.dedupe.labelled.measures import StoryScore, archive, compared, form_of, is_found, stories_in
from tests.dedupe.labelled.negatives import digest, press_conference, updates_of
from tests.dedupe.labelled.prose import News, write_news
from tests.dedupe.labelled.templates import FAMILIES, notices, stock_flash

PERMUTATIONS = 128
JACCARD = 0.5
TEASER = "first 12%"
_PRIME = (1 << 61) - 1
_CHANCE = random.Random(128)
_LINES = [(_CHANCE.randrange(1, _PRIME), _CHANCE.randrange(_PRIME)) for _ in range(PERMUTATIONS)]

Verdict = Callable[[News, News], str]
"""The relation that an engine gives a pair: ``different`` when it does not match it."""


@lru_cache(maxsize=50_000)
def minhash(form: str) -> tuple[int, ...]:
    """Return the signature of a form."""
    sums = {crc32(form[at : at + 5].encode()) for at in range(max(1, len(form) - 4))}
    return tuple(min((a * each + b) % _PRIME for each in sums) for a, b in _LINES)


def by_minhash(one: News, other: News) -> str:
    """Return ``same`` for an estimated Jaccard of at least one half."""
    pairs = zip(minhash(form_of(one.body)), minhash(form_of(other.body)), strict=True)
    return "same" if sum(a == b for a, b in pairs) >= JACCARD * PERMUTATIONS else "different"


def by_newscrawl(one: News, other: News) -> str:
    """Return the confirmed relation of a pair that the sketches find."""
    return compared(one, other).relation if is_found(one, other) else "different"


ENGINES: dict[str, Verdict] = {"newscrawl": by_newscrawl, "MinHash .5": by_minhash}
_TAKEN = ("same", "part_of", "extends")


def recall(verdict: Verdict, bases: Sequence[News], *, teasers: bool) -> str:
    """Return the share of the edited texts that are matched with their base."""
    pairs = [(r, base) for base in bases for r in reprints_of(base) if teasers or r.kind != TEASER]
    return f"{sum(verdict(*pair) != 'different' for pair in pairs) / len(pairs):.4f}"


def false(verdict: Verdict, texts: Sequence[News], taken: Sequence[str] = _TAKEN) -> str:
    """Return how many of the pairs of other news are taken for one."""
    pairs = list(combinations(texts, 2))
    return f"{sum(verdict(*pair) in taken for pair in pairs)} of {len(pairs):,}"


def altered_called_same(verdict: Verdict, bases: Sequence[News]) -> str:
    """Return how many texts with one fact altered are called the same."""
    pairs = [(change[0], base) for base in bases for kind in FACTS if (change := altered(base, kind))]
    return f"{sum(verdict(*pair) in _TAKEN for pair in pairs)} of {len(pairs)}"


def digests_linked(verdict: Verdict, count: int) -> str:
    """Return how many of the stories in digests are linked to them."""
    linked = asked = 0
    for number in range(count):
        held = [write_news(f"digest {number}.{part}") for part in range(2 + number % 4)]
        linked += sum(verdict(digest(number, held), each) != "different" for each in held)
        asked += len(held)
    return f"{linked} of {asked}"


def rate(work: Callable[[str], object], forms: Sequence[str]) -> float:
    """Return how many forms a second the work takes."""
    start = time.process_time()
    for form in forms:
        work(form)
    return len(forms) / (time.process_time() - start)


def main() -> None:
    """Print a table of both engines, and the stories that come of the relations."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 30
    bases = [write_news(f"base {number}") for number in range(count)]
    families = {**FAMILIES, **HELD_OUT}
    rows: dict[str, Callable[[Verdict], str]] = {
        "recall over all edits": lambda v: recall(v, bases, teasers=True),
        "recall without teasers of 12 %": lambda v: recall(v, bases, teasers=False),
        "press conferences matched": lambda v: false(
            v, [press_conference(n) for n in range(2 * count)], (*_TAKEN, "variant", "overlaps")
        ),
        "stock flashes taken for one": lambda v: false(v, notices({"": stock_flash}, "", count)),
        **{
            f"{family} taken for one": lambda v, f=family: false(v, notices(families, f, count))  # type: ignore[misc]
            for family in families
        },
        "altered texts called the same": lambda v: altered_called_same(v, bases),
        "updates called the same": lambda v: false(v, [t for n in range(count // 3) for t in updates_of(n)]),
        "stories in digests, linked": lambda v: digests_linked(v, count),
    }
    print(
        f"{count} base texts; stock flashes and notices: {count} of each family, the last four never tuned on"
    )
    print(f"{'':38}" + "".join(f"{name:>20}" for name in ENGINES))
    for row, measure in rows.items():
        print(f"{row:38}" + "".join(f"{measure(verdict):>20}" for verdict in ENGINES.values()), flush=True)
    texts = archive(max(2, count // 3), count // 3, count)
    score = StoryScore.of(texts, stories_in(texts))
    print(f"stories of {len(texts)} texts: precision {score.precision:.4f}, recall {score.recall:.4f}")
    forms = [form_of(text.body) for text in texts[:300]]
    print(f"sketches a second: {rate(sketch_of, forms):.0f}, MinHash signatures {rate(minhash, forms):.0f}")
    print(f"numbers in a sketch: {sum(len(sketch_of(form)) for form in forms) / len(forms):.0f} in the mean")


if __name__ == "__main__":
    main()
