"""The sketch of a text: a few dozen numbers, so chosen that texts with a passage in common have some in common.

A number stands for a shingle, ``SHINGLE`` characters in a row of the comparing form. Which shingles are taken
depends on the shingle alone (its CRC) and on where it stands: the opening is taken densely, since teasers,
briefs and the items of a digest are the openings of longer texts; what follows more thinly. The thin choice is
part of the dense one, so that a passage gives the same numbers wherever it stands, only fewer of them.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import islice
from zlib import crc32

SKETCH_VERSION = 1
"""Changes whenever the sketch of any text would; the comparing form has its own."""

SHINGLE = 8
"""Characters. Five are a common phrase too often."""

_DENSITIES = ((96, 0x3), (12_000, 0xF), (100_000, 0x3F))
"""Up to which character of the text one shingle in 4, 16 and 64 is taken, by the last bits of its CRC."""

MAX_SKETCH = 3_000
"""Numbers; some 2,200 are expected of 100,000 characters."""


def sketch_of(form: str) -> tuple[int, ...]:
    """Return the numbers of a comparing form, sorted, distinct, each in signed 32 bits.

    About 50 for an article of 600 characters. Empty for a form shorter than one shingle.

    >>> notice = "8月9日临沂市召开新闻发布会介绍孤困儿童保障工作有关情况" * 2
    >>> set(sketch_of(notice[4:])) - set(sketch_of(notice))
    set()
    """
    width = 2 * SHINGLE
    data = form[: _DENSITIES[-1][0]].encode("utf-16-le", "surrogatepass")
    taken: set[bytes] = set()
    start = 0
    for end, mask in _DENSITIES:
        stop = min(2 * end, len(data) - width + 1)
        taken.update(
            shingle for at in range(start, stop, 2) if not crc32(shingle := data[at : at + width]) & mask
        )
        start = 2 * end
    numbers = {int.from_bytes(blake2b(each, digest_size=4).digest(), "big", signed=True) for each in taken}
    return tuple(islice(sorted(numbers), MAX_SKETCH))
