"""The tables of the catalog, one script a version.

A catalog of version n has had the first n scripts: a new one gets all of them, an older one those that it has
not had. So a script that was released stays as it is, and whatever is new goes to the last one: tables, indexes,
and ``ALTER TABLE … ADD COLUMN`` with a default. What a script adds is empty in an older catalog; what the files of
the archive say of it comes with ``scrapy rebuild``.

Times are ISO 8601 in UTC with microseconds, so that they sort as text. Everything but ``urls``, ``fronts``,
``site_memory``, ``hosts``, ``learnt`` and ``robots`` can be made anew from the rest of the archive.
"""

from __future__ import annotations

_VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files that are only ever appended to, and how much of each is acknowledged.
CREATE TABLE ledgers (path TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;

-- One row an exchange: its records stand together, ``length`` bytes from ``warc_offset`` on.
CREATE TABLE captures (
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL,
    kind TEXT NOT NULL, record_id TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
    captured_at TEXT NOT NULL, status INTEGER NOT NULL, payload_digest TEXT NOT NULL,
    PRIMARY KEY (warc_file, warc_offset)
) WITHOUT ROWID;
CREATE INDEX captures_by_url ON captures (url_key, captured_at);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE, source TEXT NOT NULL, day TEXT NOT NULL, ordinal INTEGER NOT NULL,
    sha256 TEXT NOT NULL, text_fingerprint TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
    captured_at TEXT NOT NULL, headline TEXT, date_published TEXT, source_outlet TEXT, region TEXT,
    story TEXT, previous TEXT, warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    line_offset INTEGER NOT NULL,
    UNIQUE (source, day, ordinal)
);
CREATE INDEX articles_by_fingerprint ON articles (text_fingerprint);
CREATE INDEX articles_by_url ON articles (url_key, captured_at);
CREATE INDEX articles_by_sha256 ON articles (sha256);
CREATE INDEX articles_by_time ON articles (source, captured_at);

CREATE TABLE duplicates (
    manifest TEXT NOT NULL, line_offset INTEGER NOT NULL,
    duplicate_of TEXT NOT NULL, text_fingerprint TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    PRIMARY KEY (manifest, line_offset)
) WITHOUT ROWID;
CREATE INDEX duplicates_by_article ON duplicates (duplicate_of);

CREATE TABLE quarantine (
    line_offset INTEGER PRIMARY KEY,
    reason TEXT NOT NULL, detail TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT
);
CREATE INDEX quarantine_by_source ON quarantine (source, reason);

CREATE TABLE urls (
    url_key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'fetching', 'archived', 'duplicate', 'reprint',
                                         'quarantined', 'failed', 'gone')),
    reason TEXT NOT NULL, tries INTEGER NOT NULL, priority INTEGER NOT NULL,
    link_text TEXT, found_on TEXT, discovered_at TEXT NOT NULL, settled_at TEXT, next_try_at TEXT
) WITHOUT ROWID;
CREATE INDEX urls_pending ON urls (source, priority DESC, discovered_at) WHERE state = 'pending';
CREATE INDEX urls_failed ON urls (next_try_at) WHERE state = 'failed';
CREATE INDEX urls_fetching ON urls (url_key) WHERE state = 'fetching';
CREATE INDEX urls_by_state ON urls (source, state);

CREATE TABLE fronts (
    url_key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, etag TEXT, last_modified TEXT,
    body_digest TEXT, visited_at TEXT, next_visit_at TEXT, history TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE site_memory (source TEXT PRIMARY KEY, memory TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hosts (
    host TEXT NOT NULL, counter TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (host, counter)
) WITHOUT ROWID;
CREATE TABLE runs (line_offset INTEGER PRIMARY KEY, report TEXT NOT NULL);
"""

_VERSION_2 = """
-- Every text that was read, also of pages without a seed file: what stories are made of. ``path`` is its own file,
-- or the one that the changes of its line are against; ``manifest`` is NULL where the line stands beside the file.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('article', 'reprint', 'duplicate')),
    path TEXT NOT NULL, manifest TEXT, line_offset INTEGER NOT NULL,
    source TEXT NOT NULL, site TEXT, url TEXT NOT NULL, captured_at TEXT NOT NULL,
    headline TEXT, outlet TEXT, published_at TEXT,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    compared INTEGER NOT NULL,
    -- what comes of the links: the story, what the text is to which other one there; NULL for a text by itself
    story TEXT, relation TEXT, against INTEGER
);
CREATE INDEX texts_by_digest ON texts (digest);
CREATE INDEX texts_by_story ON texts (story) WHERE story IS NOT NULL;
CREATE INDEX texts_uncompared ON texts (id) WHERE compared = 0 AND kind <> 'duplicate';

-- Two texts that were compared and are not different; ``ours`` has the smaller key, and it all is said from its side.
CREATE TABLE links (
    ours INTEGER NOT NULL, theirs INTEGER NOT NULL, relation TEXT NOT NULL, one_story INTEGER NOT NULL,
    differences TEXT NOT NULL,
    PRIMARY KEY (ours, theirs)
) WITHOUT ROWID;
CREATE INDEX links_from_theirs ON links (theirs, ours);

CREATE TABLE stories (
    id TEXT PRIMARY KEY, original INTEGER NOT NULL, text_count INTEGER NOT NULL, site_count INTEGER NOT NULL,
    first_at TEXT NOT NULL, last_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX stories_by_size ON stories (text_count DESC, id);
CREATE TABLE story_renamings (
    line_offset INTEGER PRIMARY KEY, key TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX story_renamings_by_old ON story_renamings (old);

-- The index that near-duplicates are found with: see `shingles`.
CREATE TABLE sketches (text INTEGER PRIMARY KEY, length INTEGER NOT NULL, shingles BLOB NOT NULL);
CREATE TABLE fresh_postings (first INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE settled_postings (first INTEGER PRIMARY KEY, packed BLOB NOT NULL);

-- A catalog that held articles before has to read their lines first.
INSERT INTO meta SELECT 'texts', 'all' WHERE NOT EXISTS (SELECT path FROM articles UNION SELECT manifest FROM duplicates);

-- Fronts and visits.
CREATE INDEX fronts_by_source ON fronts (source, next_visit_at);
CREATE TABLE learnt (
    source TEXT NOT NULL, subject TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, subject)
) WITHOUT ROWID;
CREATE TABLE robots (
    site TEXT PRIMARY KEY, asked_at TEXT NOT NULL, status INTEGER NOT NULL, rules BLOB NOT NULL
) WITHOUT ROWID;

-- The health of sources and runs: what each day brought, summed up. Kept with every article and report that is added.
CREATE TABLE article_days (
    source TEXT NOT NULL, day TEXT NOT NULL, section TEXT NOT NULL,
    count INTEGER NOT NULL, kept INTEGER NOT NULL, size INTEGER NOT NULL,
    first_at TEXT NOT NULL, last_at TEXT NOT NULL, PRIMARY KEY (source, day, section)
) WITHOUT ROWID;
CREATE TABLE visit_days (
    source TEXT NOT NULL, day TEXT NOT NULL, runs INTEGER NOT NULL, visited_at TEXT NOT NULL, answered_at TEXT,
    error TEXT NOT NULL, counts TEXT NOT NULL, PRIMARY KEY (source, day)
) WITHOUT ROWID;
INSERT INTO article_days
SELECT source, day, '', count(*), 0, 0, min(captured_at), max(captured_at) FROM articles
WHERE previous IS NULL GROUP BY source, day;

-- What became of a capture.
CREATE INDEX duplicates_by_url ON duplicates (url_key, captured_at);
CREATE INDEX quarantine_by_url ON quarantine (url_key, captured_at);
"""

SCRIPTS = (_VERSION_1, _VERSION_2)
"""In order; their number is the version."""
