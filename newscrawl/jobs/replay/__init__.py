"""Pages read again from their WARC files, without network: what today's rules make of them.

    readings.jsonl, or any WARC     inputs       which pages, in which order
      -> CapturedPage -> Article    reading      in workers, the pages of one source one after the other
         with the memory            tracks       of the site as it was when the crawl read the page
      -> Change                     changes      beside what the archive has of the page
      -> new version | nothing      applying     by the way that a crawl's articles go
    every few thousand pages        checkpoint   where a run that was stopped goes on

What the crawl has written comes out again to the last character when nothing has changed; the same rules on the
same pages give the same bytes, however many workers there are and wherever a run was stopped.
"""
