"""Of texts with one fingerprint one is compared for all; when a text becomes that one, it is compared anew."""

from __future__ import annotations

from newscrawl.archiving.likenesses import candidates_of, compared_text, likenesses_of, standing_for
from newscrawl.archiving.placing import place, tell, texts_around
from newscrawl.dedupe import COMPARISON_VERSION
from newscrawl.storage import Archive, ComparedLine, TextRow, UnlinkedLine


def stand_for_twins(archive: Archive, row: TextRow) -> None:
    """Replace the links of a text's twins by its own, if from now on it stands for them."""
    twins = [twin.id for twin in archive.texts_with_digest(row.digest)]
    indexed = next(iter(archive.index.sizes(twins)), None)
    if len(twins) < 2 or indexed is None or standing_for(archive, row).id != row.id:
        return
    text = compared_text(archive, row)
    if text is None:
        return
    before = archive.links_of(twins)
    candidates = candidates_of(archive, archive.index.sketch_of(indexed), itself=indexed)
    found = likenesses_of(archive, text, candidates.texts)
    if before:
        archive.add_story_line(UnlinkedLine(tuple((one.link.ours, one.link.theirs) for one in before)))
    if before or found:
        links = tuple(likeness.link_from(row.key) for likeness in found)
        archive.add_story_line(ComparedLine(row.key, COMPARISON_VERSION, links))
        ends = {end for one in before for end in (one.ours, one.theirs)}
        around = texts_around(archive, {*twins, *ends, *(likeness.row.id for likeness in found)})
        place(archive, around, tell(archive, around))
