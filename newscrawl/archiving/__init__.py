"""An article to its place in the archive, and in the story that it tells.

    archive_article     the one way in, for what is crawled and for what is replayed
        likenesses      which archived texts are like it, and how: found by sketch, confirmed on the texts
        filing          a seed file, or a line with its changes against another
        placing         the stories of all texts that it hangs together with, told anew
    catching_up         the same for texts that were archived before, or whose catalog was rebuilt

Knows no Scrapy and no page. Any order of arrival gives the same stories: links are a function of two texts (and of
how many hold a shingle), and stories a function of the texts and their links.
"""

from __future__ import annotations

from newscrawl.archiving.filing import VARIANT, KnownText, archive_article, fingerprint_of

__all__ = ["VARIANT", "KnownText", "archive_article", "fingerprint_of"]
