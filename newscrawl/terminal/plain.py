"""Text from outside for eyes inside: nothing in it can steer a terminal, forge a line or turn its direction."""

from __future__ import annotations

import json
from typing import Any


def plain(text: str, *, keep: str = "") -> str:
    r"""Return text with everything that does not print shown by its code point; ``keep`` is left as it is.

    That is control characters of both sets (a terminal reads U+009B like ESC [), line breaks, and the
    characters without width that turn or hide what stands beside them.

    >>> plain("标题\x1b[2J\u202e题标")
    '标题<U+001B>[2J<U+202E>题标'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else f"<U+{ord(c):04X}>" for c in text)


def plain_json(value: Any, *, indent: int | None = None) -> str:  # noqa: ANN401
    r"""Return a value as JSON that a person may look at: what does not print is escaped, and means the same.

    >>> plain_json({"标题": "\x9b2J"})
    '{"标题": "\\u009b2J"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
