BEGIN TRANSACTION;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE, source TEXT NOT NULL, day TEXT NOT NULL, ordinal INTEGER NOT NULL,
    sha256 TEXT NOT NULL, text_fingerprint TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
    captured_at TEXT NOT NULL, headline TEXT, date_published TEXT, source_outlet TEXT, region TEXT,
    story TEXT, previous TEXT, warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    line_offset INTEGER NOT NULL,
    UNIQUE (source, day, ordinal)
);
INSERT INTO "articles" VALUES(1,'linyi-news/2026-05-27/000_faa8201eefd70e81.txt','linyi-news','2026-05-27',0,'faa8201eefd70e819e9c732de499a9b1e8fbc2749bcb3e6fd88d795bbde2bc85','fp:0','http://news.example.cn/2026/0.html','http://news.example.cn/2026/0.html','2026-05-27T04:00:00.000000+00:00','临沂第0条新闻',NULL,'临沂日报',NULL,NULL,NULL,'newscrawl-20261122T234006Z-00001.warc.gz',356,'<urn:uuid:3179b0a2-160c-45ba-bbbc-3b3c515d4cdb>',0);
INSERT INTO "articles" VALUES(2,'linyi-news/2026-05-27/001_c46b2f313e703074.txt','linyi-news','2026-05-27',1,'c46b2f313e7030742f47bd5fccf58519a053a8fec41d0df1a298a762a1730212','fp:1','http://news.example.cn/2026/1.html','http://news.example.cn/2026/1.html','2026-05-27T04:00:01.000000+00:00','临沂第1条新闻',NULL,'临沂日报',NULL,NULL,NULL,'newscrawl-20261122T234006Z-00001.warc.gz',1137,'<urn:uuid:eb820367-c5bb-4d50-bffe-01a27fca5a6b>',986);
CREATE TABLE captures (
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL,
    kind TEXT NOT NULL, record_id TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
    captured_at TEXT NOT NULL, status INTEGER NOT NULL, payload_digest TEXT NOT NULL,
    PRIMARY KEY (warc_file, warc_offset)
) WITHOUT ROWID;
INSERT INTO "captures" VALUES('newscrawl-20261122T234006Z-00001.warc.gz',0,356,'db599bcc17570737c1df40a7d244b67be2583525c624e54120c4709cacff0a47','warcinfo','<urn:uuid:7ac94be1-0ce1-49a7-85a3-70e58dc05e5b>','','','2026-11-22T23:40:06.864939+00:00',0,'');
INSERT INTO "captures" VALUES('newscrawl-20261122T234006Z-00001.warc.gz',356,781,'843baace560572c6ff07edaa4ed3429fffb655b433e5e3b524c4a73cb4db69e0','response','<urn:uuid:3179b0a2-160c-45ba-bbbc-3b3c515d4cdb>','http://news.example.cn/2026/0.html','http://news.example.cn/2026/0.html','2026-05-27T04:00:00.000000+00:00',200,'sha1:HB3F2EIOE3PTSRXA4FGXVRNWTPZH5H6O');
INSERT INTO "captures" VALUES('newscrawl-20261122T234006Z-00001.warc.gz',1137,778,'40e2decfb6e9b26babfe9ab8990fe1a8c560b3066b548b9dfe4c56570fbdf5b1','response','<urn:uuid:eb820367-c5bb-4d50-bffe-01a27fca5a6b>','http://news.example.cn/2026/1.html','http://news.example.cn/2026/1.html','2026-05-27T04:00:01.000000+00:00',200,'sha1:KHUEM2XBVIGAARKJNH54K7NSTUH77R4D');
INSERT INTO "captures" VALUES('newscrawl-20261122T234006Z-00001.warc.gz',1915,781,'ed18b39f73d59ae8a3127514bac719fcfd63331c3acf017f3abe03e31bd9b5f1','response','<urn:uuid:110b42ab-0087-4390-b636-392f7c0c7a19>','http://news.example.cn/2026/2.html','http://news.example.cn/2026/2.html','2026-05-27T04:00:02.000000+00:00',200,'sha1:ROTMLEBJ6DKCFXBMU2LPR5WY74UVETME');
CREATE TABLE duplicates (
    manifest TEXT NOT NULL, line_offset INTEGER NOT NULL,
    duplicate_of TEXT NOT NULL, text_fingerprint TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    PRIMARY KEY (manifest, line_offset)
) WITHOUT ROWID;
INSERT INTO "duplicates" VALUES('linyi-news/2026-05-27/manifest.jsonl',1973,'linyi-news/2026-05-27/000_faa8201eefd70e81.txt','fp:0','linyi-news','http://news.example.cn/2026/2.html','http://news.example.cn/2026/2.html','2026-05-27T04:00:02.000000+00:00','newscrawl-20261122T234006Z-00001.warc.gz',1915,'<urn:uuid:110b42ab-0087-4390-b636-392f7c0c7a19>');
CREATE TABLE fronts (
    url_key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, etag TEXT, last_modified TEXT,
    body_digest TEXT, visited_at TEXT, next_visit_at TEXT, history TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "fronts" VALUES('http://news.example.cn/','http://news.example.cn/','linyi-news',NULL,NULL,NULL,'2026-05-27T04:00:00.000000+00:00',NULL,'null');
CREATE TABLE hosts (
    host TEXT NOT NULL, counter TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (host, counter)
) WITHOUT ROWID;
INSERT INTO "hosts" VALUES('news.example.cn','documents',2);
CREATE TABLE ledgers (path TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "ledgers" VALUES('linyi-news/2026-05-27/manifest.jsonl',2720);
INSERT INTO "ledgers" VALUES('quarantine.jsonl',224);
INSERT INTO "ledgers" VALUES('runs.jsonl',102);
INSERT INTO "ledgers" VALUES('warc/newscrawl-20261122T234006Z-00001.warc.gz',2696);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('clean','1');
INSERT INTO "meta" VALUES('commits','1');
INSERT INTO "meta" VALUES('warc_file','warc/newscrawl-20261122T234006Z-00001.warc.gz');
INSERT INTO "meta" VALUES('warc_info','{"conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/", "format": "WARC File Format 1.1", "software": "newscrawl"}');
INSERT INTO "meta" VALUES('warc_serial','1');
CREATE TABLE quarantine (
    line_offset INTEGER PRIMARY KEY,
    reason TEXT NOT NULL, detail TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT
);
INSERT INTO "quarantine" VALUES(0,'soft_404','','linyi-news','http://news.example.cn/2026/3.html','http://news.example.cn/2026/3.html','2026-11-22T23:40:06.871449+00:00',NULL,NULL,NULL);
CREATE TABLE runs (line_offset INTEGER PRIMARY KEY, report TEXT NOT NULL);
INSERT INTO "runs" VALUES(0,'{"finish_reason": "finished", "spider": "news"}');
CREATE TABLE site_memory (source TEXT PRIMARY KEY, memory TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "site_memory" VALUES('linyi-news','{"shape": 3}');
CREATE TABLE urls (
    url_key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'fetching', 'archived', 'duplicate', 'reprint',
                                         'quarantined', 'failed', 'gone')),
    reason TEXT NOT NULL, tries INTEGER NOT NULL, priority INTEGER NOT NULL,
    link_text TEXT, found_on TEXT, discovered_at TEXT NOT NULL, settled_at TEXT, next_try_at TEXT
) WITHOUT ROWID;
INSERT INTO "urls" VALUES('http://news.example.cn/2026/0.html','http://news.example.cn/2026/0.html','linyi-news','article','archived','',0,0,NULL,NULL,'2026-11-22T23:40:06.869792+00:00','2026-11-22T23:40:06.869792+00:00',NULL);
INSERT INTO "urls" VALUES('http://news.example.cn/2026/1.html','http://news.example.cn/2026/1.html','linyi-news','article','archived','',0,0,NULL,NULL,'2026-11-22T23:40:06.870653+00:00','2026-11-22T23:40:06.870653+00:00',NULL);
INSERT INTO "urls" VALUES('http://news.example.cn/2026/2.html','http://news.example.cn/2026/2.html','linyi-news','article','duplicate','linyi-news/2026-05-27/000_faa8201eefd70e81.txt',0,0,NULL,NULL,'2026-11-22T23:40:06.871397+00:00','2026-11-22T23:40:06.871397+00:00',NULL);
INSERT INTO "urls" VALUES('http://news.example.cn/2026/3.html','http://news.example.cn/2026/3.html','linyi-news','article','quarantined','soft_404',0,0,NULL,NULL,'2026-11-22T23:40:06.871533+00:00','2026-11-22T23:40:06.871533+00:00',NULL);
INSERT INTO "urls" VALUES('http://news.example.cn/2026/4.html','http://news.example.cn/2026/4.html','linyi-news','article','pending','',0,0,'第四条新闻',NULL,'2026-11-22T23:40:06.871573+00:00',NULL,NULL);
CREATE INDEX captures_by_url ON captures (url_key, captured_at);
CREATE INDEX articles_by_fingerprint ON articles (text_fingerprint);
CREATE INDEX articles_by_url ON articles (url_key, captured_at);
CREATE INDEX articles_by_sha256 ON articles (sha256);
CREATE INDEX articles_by_time ON articles (source, captured_at);
CREATE INDEX duplicates_by_article ON duplicates (duplicate_of);
CREATE INDEX quarantine_by_source ON quarantine (source, reason);
CREATE INDEX urls_pending ON urls (source, priority DESC, discovered_at) WHERE state = 'pending';
CREATE INDEX urls_failed ON urls (next_try_at) WHERE state = 'failed';
CREATE INDEX urls_fetching ON urls (url_key) WHERE state = 'fetching';
CREATE INDEX urls_by_state ON urls (source, state);
COMMIT;
PRAGMA user_version = 1;
