"""The main image of an article, the captions, and the address that the page calls its own."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newscrawl.extract.blocks import line_of
from newscrawl.extract.view import View

_CAPTION_LENGTH = 200  # characters
_SOURCES = ("data-src", "data-original", "src")


def http_url(base: str, reference: str | None) -> str | None:
    """Return an absolute http(s) URL, or None: ``javascript:``, ``data:`` and broken ones are no address.

    >>> http_url("http://a.cn/x/1.html", "../img/2.jpg"), http_url("http://a.cn/", "javascript:alert(1)")
    ('http://a.cn/img/2.jpg', None)
    """
    reference = (reference or "").strip()
    if not reference or len(reference) > 2_000 or any(character < "!" for character in reference):
        return None
    try:
        url = urljoin(base, reference)
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def canonical_url_of(view: View) -> str | None:
    """Return the ``rel=canonical`` or ``og:url`` of a page."""
    for link in view.links:
        if "canonical" in (link.get("rel") or "").lower() and (
            url := http_url(view.parsed.base_url, link.get("href"))
        ):
            return url
    return http_url(view.parsed.base_url, view.metas.get("og:url"))


def main_image_of(view: View, container: HtmlElement | None) -> str | None:
    """Return the first picture in the body's container, else the one that the page's head names."""
    base = view.parsed.base_url
    for image in container.iter("img") if container is not None else ():
        for name in _SOURCES:
            if (url := http_url(base, image.get(name))) and not _is_ornament(url, image):
                return url
    return http_url(base, view.metas.get("og:image") or view.metas.get("twitter:image"))


def captions_of(container: HtmlElement | None) -> tuple[str, ...]:
    """Return the captions that the container marks as such."""
    if container is None:
        return ()
    found = [line_of("".join(caption.itertext())) for caption in container.iter("figcaption")]
    found += [
        line_of("".join(one.itertext()))
        for one in container.iter("p", "span", "div")
        if any(
            word in (one.get("class") or "").lower()
            for word in ("caption", "img_descr", "pictext", "img-desc", "figcaption")
        )
    ]
    return tuple(dict.fromkeys(text for text in found if 0 < len(text) <= _CAPTION_LENGTH))


def _is_ornament(url: str, image: HtmlElement) -> bool:
    name = url.lower()
    small = any(
        (image.get(side) or "").rstrip("px").isdigit() and int(image.get(side, "").rstrip("px")) < 80
        for side in ("width", "height")
    )
    return small or any(
        word in name
        for word in ("icon", "logo", "qrcode", "blank.", "loading", "grey.gif", "/emoji", "spacer", "/skin/")
    )
