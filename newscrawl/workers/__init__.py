"""Worker processes for what hostile pages can make slow, large or deadly: parsing, extraction, repair.

    PageReaders         what the edge asks: read this page, look through this list; one at a time for a source
      WorkerPool        so many processes; a page that takes too long is killed together with its process
        nursery         one process that has loaded everything and forks a fresh worker in milliseconds
          tasks         what a worker can be asked for; without workers they run in the process of the crawl

Measured in November 2026 with pebble 5.2, the best-kept pool with time limits: one worker that died while it
was sending its result held the lock that all workers share, and the pool stood still (the first of 20
trials); here every worker has a socket of its own. ``multiprocessing`` runs the main module again in
every child: with ``scrapy`` as a script that is Scrapy's import for each, with a user's own script his crawl.
"""

from __future__ import annotations

from newscrawl.workers.memories import SiteMemories
from newscrawl.workers.pool import Limits, WorkerPool
from newscrawl.workers.readers import PageReaders

__all__ = ["Limits", "PageReaders", "SiteMemories", "WorkerPool"]
