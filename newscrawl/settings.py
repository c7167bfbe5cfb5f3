"""The settings of the project: Scrapy's own words first, then ours, each with its reason.

What an operator tunes is here; a threshold of a rule stands beside the rule.
"""

from __future__ import annotations

from typing import Any

BOT_NAME = "newscrawl"
SPIDER_LOADER_CLASS = "newscrawl.spiders.loader.SourceSpiderLoader"
SPIDER_MODULES: list[str] = []
COMMANDS_MODULE = "newscrawl.commands"

# --- what is ours ---

ARCHIVE_DIR = "archive"
"""Folder of the archive, relative to where the command is run."""
ARCHIVE_EDITION = "repaired"
"""What a seed file holds: ``repaired``, or ``as-found`` with its debris."""
ARCHIVE_REPRINTS = "lines"
"""What becomes of a text that adds nothing to an archived one: ``lines`` of the manifest, or seed ``files``."""
ARCHIVE_BATCH_SIZE = 20
"""Articles that are synced to disk together; none counts as archived before."""
ARCHIVE_BATCH_SECONDS = 2.0
"""The longest that an article waits for its batch."""
ARCHIVE_WARC_MAX_BYTES = 1 << 30
"""A WARC file that has grown to this is closed and the next one begun."""
ARCHIVE_FREE_MIN_BYTES = 100 << 20
"""With less room than this on the disk the crawl stops before it fills."""
SOURCES_DIRS: list[str] = []
"""Folders of your own source files, beside the ones that come with newscrawl."""
CRAWL_CONTACT = ""
"""A web page or an e-mail address for the people whose site is crawled; it stands in the User-Agent."""
CRAWL_LIST_DEPTH = 3
"""How many list pages deep a section front may stand below a start page."""
CRAWL_LIST_PAGES = 5
"""How many pages of one list are read in a visit, as long as they bring new articles."""
CRAWL_LISTS_PER_SOURCE = 200
"""How many list pages of one source are read in a visit, all in all."""
CRAWL_ARTICLES_PER_SOURCE = 10_000
"""How many articles of one source are asked for in a visit; the others wait in the catalog."""
CRAWL_BUDGET = None
"""How many lists and articles are asked for in a run, of all sources together; None for no limit. A source states
its own as ``budget``."""
CRAWL_OBEY_NOFOLLOW = True
"""Whether links that are marked nofollow, and those of pages that are, are left alone. A source may say otherwise."""
CRAWL_OBEY_NOARCHIVE = True
"""Whether the text of a page that asks not to be archived goes to the quarantine. A source may say otherwise."""
CRAWL_ARTICLE_PAGES = 30
"""How many pages one article may be split over."""
CRAWL_WORKERS = None
"""Processes that read pages; None for as many as there are cores, 0 to read them in the process of the crawl."""
CRAWL_WORKER_SECONDS = 8.0
"""What reading one page may take; then its worker is killed, and the page goes to the quarantine."""
CRAWL_WORKER_MEGABYTES = 1024
"""Address space of a worker, about 100 MB of libraries included."""
CRAWL_MINUTES = 0
"""After so many minutes the crawl ends in order, and the rest waits for the next; 0 for no end."""
CRAWL_SUMMARY = None
"""Print a summary table at the end: True, False, or None for only on a terminal."""

# --- manners: one request at a time for a host, seldom, and nothing that robots.txt forbids ---

USER_AGENT = "newscrawl/0.1"
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 5.0  # seconds; the delay of trafilatura's own crawler, the minimum of Media Cloud's
DOWNLOAD_DELAY_JITTER = 0  # never less than the delay; a floor that is sometimes undercut is none
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # has no effect without a delay in Scrapy 2.19
CONCURRENT_REQUESTS = 16
CONCURRENT_ITEMS = (
    4  # Scrapy starts so many tasks for each response, at 400 bytes and 20 µs each, whatever it yields
)
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 5.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

# --- the network is not to be trusted ---

DOWNLOAD_HANDLERS: dict[str, Any] = {
    "http": "newscrawl.middlewares.capped_download.CappedDownloadHandler",  # the headers end
    "https": "newscrawl.middlewares.capped_download.CappedDownloadHandler",
    **dict.fromkeys(("file", "ftp", "s3", "data")),  # nothing of this machine
}
TWISTED_DNS_RESOLVER = "newscrawl.extensions.resolver.PublicHostResolver"
TELNETCONSOLE_ENABLED = False  # would run Python for whoever connects
REMOTE_CONTROL_ENABLED = False  # the same over HTTP, on by default in Scrapy 2.19
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False  # swaps an article for the index, or never delivers it
DOWNLOAD_MAXSIZE = 8 << 20  # bytes, also of what a compressed body unfolds to
DOWNLOAD_WARNSIZE = 2 << 20
DOWNLOAD_TIMEOUT = 30  # seconds for a whole response
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # not 429 and 503: they ask for rest
DEPTH_LIMIT = 40  # pages of a list and of an article are a chain of requests each
URLLENGTH_LIMIT = 2083
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 800
MEMUSAGE_CHECK_INTERVAL_SECONDS = 5.0

# --- what is said while it runs ---

LOG_LEVEL = "INFO"
STATS_DUMP = False  # the run's report says it by source
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # an outcome of one page, noted as such by the spider
LOG_FORMATTER = "newscrawl.extensions.log_formatter.QuietLogFormatter"
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {"csv": "newscrawl.extensions.feeds.SafeCsvExporter"}  # no page writes a formula

# --- the way of a page ---

SCHEDULER = (
    "newscrawl.visits.scheduler.VisitScheduler"  # the sources take turns; what was found is in the catalog
)
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.scope.ScopeMiddleware": 50,  # before anything is sent
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # knows domains only; scope is ours
    "newscrawl.middlewares.known.KnownPageMiddleware": 60,
    "newscrawl.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # open when robots.txt cannot be had
    "newscrawl.middlewares.compression.CompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # hands on what is cut
    "newscrawl.middlewares.render.RenderMiddleware": 580,  # behind the unpacking; only where a source wants it
    "newscrawl.middlewares.capture.CaptureMiddleware": 950,  # nearest to the wire: bodies as they were sent
}
EXTENSIONS = {
    "newscrawl.extensions.archive.ArchiveExtension": 0,  # first: everyone else asks it for the archive
    "newscrawl.extensions.plain_log.PlainLog": 10,
    "newscrawl.extensions.live.LiveProgress": 15,
    "newscrawl.extensions.clean_stop.CleanStop": 20,
    "newscrawl.extensions.workers.WorkersExtension": 100,
    "newscrawl.extensions.report.RunReport": 500,
    "newscrawl.extensions.feeds.FeedRows": 0,
    "scrapy.extensions.memusage.MemoryUsage": None,  # takes the peak of whoever started it for its own
    "newscrawl.extensions.memory.ResidentMemory": 0,
    "scrapy.extensions.throttle.AutoThrottle": None,  # has one floor for all hosts
    "newscrawl.extensions.throttle.SourceThrottle": 0,
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.article.ArticlePipeline": 100,  # Page -> Article
    "newscrawl.pipelines.archive.ArchivePipeline": 900,  # Article -> ArchivedArticle
}
