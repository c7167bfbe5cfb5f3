"""What a page says of its article beside the text, every value with its raw words and their place."""

from __future__ import annotations

from newscrawl.extract.body import Body
from newscrawl.extract.head_lines import head_lines_of
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.images import canonical_url_of, captions_of, main_image_of
from newscrawl.extract.outlet import outlet_of
from newscrawl.extract.people import with_credits
from newscrawl.extract.published import modified_of, published_of
from newscrawl.extract.view import View
from newscrawl.items import Metadata, Provenance
from newscrawl.text.hanzi import traditional_ratio

_LANGUAGE_SAMPLE = 1_000  # characters
_LEAST_HANZI = 10
_TRADITIONAL_RATIO = 0.1  # of the hanzi; simplified news has .002 at most, traditional .28 at least


def metadata_of(view: View, headline: FoundHeadline | None, body: Body) -> Metadata:
    """Return the metadata of an article."""
    box = view.smallest_box(body.lines[0], body.lines[-1])
    container = box.element if box else None
    head = head_lines_of(view, headline.line if headline else -1, body.lines[0])
    provenance = {"headline": Provenance(headline.text, headline.where)} if headline else {}
    metadata = Metadata(
        provenance=provenance,
        main_image=main_image_of(view, container),
        captions=captions_of(container),
        canonical_url=canonical_url_of(view),
    )
    if (published := published_of(view, head, body.lines)) is not None:
        metadata = metadata.with_found(
            "date_published", published.value, raw=published.raw, where=published.where
        )
    if (modified := modified_of(view)) is not None:
        metadata = metadata.with_found(
            "date_modified", modified.value, raw=modified.raw, where=modified.where
        )
    if (outlet := outlet_of(view, head, body.lines)) is not None:
        metadata = metadata.with_found("source_outlet", outlet.value, raw=outlet.raw, where=outlet.where)
    return with_credits(_with_language(metadata, body.text(view.lines)), view, head, body.lines)


def _with_language(metadata: Metadata, text: str) -> Metadata:
    hanzi = sum("一" <= character <= "鿿" for character in text[:_LANGUAGE_SAMPLE])
    if hanzi < _LEAST_HANZI:
        return metadata
    ratio = traditional_ratio(text[:_LANGUAGE_SAMPLE])
    language = "zh-Hant" if ratio > _TRADITIONAL_RATIO else "zh-Hans"
    return metadata.with_found("in_language", language, raw=f"{ratio:.2f} traditional", where="text")
