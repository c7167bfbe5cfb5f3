"""Which elements a reader does not see: scripts, controls, and text hidden by style.

DedeCMS ships a tool that hides junk sentences in the body behind a class of an inline ``<style>`` or in white;
trafilatura keeps all of its kinds. A box that is only ``visibility:hidden`` until a script shows it (WeChat's
body) is seen when it holds more than junk does.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

UNSEEN_TAGS = frozenset(
    [
        "script",
        "style",
        "template",
        "iframe",
        "object",
        "embed",
        "select",
        "textarea",
        "button",
        "option",
        "svg",
        "canvas",
        "video",
        "audio",
        "map",
        "head",
        "title",
        "noscript",
        "noframes",
        "rt",
        "rp",
        "input",
        "datalist",
        "dialog",
        "math",
        "param",
        "source",
        "track",
    ]
)
_HIDING_STYLE = re.compile(
    r"""display\s?:\s?none | font-size\s?:\s?0(?:px|pt|em|%)?\s?(?:;|!|$) | (?:left|top|text-indent|margin-left)\s?:\s?-\d{4,}
    | (?<![\w-])(?:height|width)\s?:\s?0(?:px)?\s?;.{0,40}overflow\s?:\s?hidden | overflow\s?:\s?hidden\s?;.{0,40}(?<![\w-])height\s?:\s?0(?:px)?\s?(?:;|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_SOFT_HIDING_STYLE = re.compile(
    r"visibility\s?:\s?hidden|opacity\s?:\s?0(?:\.0+)?\s?(?:;|!|$)", re.IGNORECASE
)
_WHITE = re.compile(r"^\s*(?:#fff(?:fff)?|white)\s*$", re.IGNORECASE)
_JUNK_LENGTH = 400  # characters: the tools that hide junk hide less
_CLASS_SELECTOR = re.compile(r"^(?:[a-z]{1,10})?([.#])([\w-]{2,60})$")
_STYLES_LENGTH = 200_000  # characters of inline style sheets that are read
_STYLE_LIMIT = 2_000  # characters of one style attribute


def hiding_selectors(tree: HtmlElement) -> frozenset[str]:
    """Return the ``.class`` and ``#id`` selectors that the page's own style sheets hide.

    >>> from lxml.html import fromstring
    >>> sorted(hiding_selectors(fromstring("<style>.Abc123,p.xyz{display:none} .y{color:red}</style>")))
    ['.Abc123', '.xyz']
    """
    found = set()
    for style in tree.iter("style"):
        css = (style.text or "")[:_STYLES_LENGTH]
        if "none" not in css and "-9999" not in css and "size:0" not in css:
            continue
        for rule in css.split("}"):
            if "none" not in rule and "-9999" not in rule and "size:0" not in rule:
                continue
            selectors, _, body = rule.rpartition("{")
            if len(rule) < _STYLE_LIMIT and _HIDING_STYLE.search(body):
                matches = (_CLASS_SELECTOR.match(one.strip()) for one in selectors.split(","))
                found |= {match[1] + match[2] for match in matches if match}
    return frozenset(found)


def is_unseen(element: HtmlElement, hidden: frozenset[str]) -> bool:
    """Return whether a reader sees nothing of an element; ``hidden`` are the page's ``hiding_selectors``.

    >>> from lxml.html import fragment_fromstring
    >>> is_unseen(fragment_fromstring('<p style="display:none">织梦好,好织梦</p>'), frozenset())
    True
    """
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN_TAGS:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style is not None:
        style = style[:_STYLE_LIMIT]
        if _HIDING_STYLE.search(style):
            return True
        if _SOFT_HIDING_STYLE.search(style):
            return not _is_container(element)
    if tag == "font" and _WHITE.match(attributes.get("color", "")):
        return _is_short(element)
    return bool(hidden) and _is_selected(attributes, hidden)


def _is_container(element: HtmlElement) -> bool:
    """Return whether an element that waits for a script to be shown holds paragraphs, not a junk sentence."""
    if (
        element.get("id") == "js_content"
        or sum(child.tag in ("p", "section", "div") for child in element) > 1
    ):
        return True
    return not _is_short(element)


def _is_short(element: HtmlElement) -> bool:
    """Return whether an element holds no more text than a hidden junk sentence; looks at no more than it must."""
    length = 0
    for count, words in enumerate(element.itertext()):
        length += len(words)
        if length > _JUNK_LENGTH or count > _JUNK_LENGTH:
            return False
    return True


def _is_selected(attributes: object, hidden: frozenset[str]) -> bool:
    get = attributes.get  # type: ignore[attr-defined]
    if "#" + get("id", "") in hidden:
        return True
    return any("." + name in hidden for name in get("class", "").split())
