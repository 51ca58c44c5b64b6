-- A store as the first version made it, with two reports and two places.
CREATE TABLE reports (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, title TEXT, lang_given TEXT, lang TEXT NOT NULL, published TEXT, source TEXT, url TEXT,
    content_hash TEXT NOT NULL, fingerprint TEXT NOT NULL, read_at TEXT NOT NULL,
    date_start TEXT, date_end TEXT, folded TEXT NOT NULL, feature TEXT NOT NULL
) STRICT;
CREATE TABLE incidents (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
    event_type TEXT, sub_event_type TEXT, status TEXT, granularity TEXT, date_start TEXT, date_end TEXT,
    west REAL, south REAL, east REAL, north REAL, place_id TEXT, country TEXT, lang TEXT NOT NULL, folded TEXT NOT NULL,
    feature TEXT NOT NULL, PRIMARY KEY (report_id, ordinal)
) STRICT;
CREATE INDEX incidents_id ON incidents(id);
CREATE TABLE mentions (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
    event_type TEXT, sub_event_type TEXT, status TEXT, granularity TEXT, date_start TEXT, date_end TEXT,
    west REAL, south REAL, east REAL, north REAL, place_id TEXT, country TEXT, lang TEXT NOT NULL, folded TEXT NOT NULL,
    feature TEXT NOT NULL, PRIMARY KEY (report_id, ordinal)
) STRICT;
CREATE INDEX mentions_id ON mentions(id);
CREATE TABLE places (
    id TEXT PRIMARY KEY, row TEXT NOT NULL, note TEXT NOT NULL, created TEXT NOT NULL, retired TEXT,
    date_start TEXT, date_end TEXT, west REAL, south REAL, east REAL, north REAL, country TEXT, folded TEXT NOT NULL,
    feature TEXT NOT NULL
) STRICT;
CREATE TABLE history (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
INSERT INTO reports VALUES ('r1', 'قُتل خمسون شخصاً بتلاتاي.', NULL, NULL, 'ar', '2022-09-08', 'AFP', NULL, 'hash', 'print', '2026-11-21T10:00:00Z', '2022-09-08', '2022-09-08', 'قتل خمسون شخصا بتلاتاي', '{}');
INSERT INTO reports VALUES ('r2', 'Trois morts à Gao.', NULL, NULL, 'fr', NULL, NULL, NULL, 'hash', 'print', '2026-11-21T10:00:00Z', NULL, NULL, 'trois morts a gao', '{}');
INSERT INTO places VALUES ('user:1', 'user:1	Talataye	PPL	ML	09		16.53	1.51		3000	ar:تلاتاي|old:Talata', 'a note, kept', '2026-11-20T10:00:00Z', NULL, '2026-11-20', '2026-11-20', 1.51, 16.53, 1.51, 16.53, 'ML', 'talataye', '{"type":"Feature","id":"user:1","geometry":{"type":"Point","coordinates":[1.51,16.53]},"properties":{"name":"Talataye"}}');
INSERT INTO places VALUES ('user:2', 'user:2	Tin Zoo	PPL	ML	09		16.2	1.4			', '', '2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z', '2026-11-20', '2026-11-20', 1.4, 16.2, 1.4, 16.2, 'ML', 'tin zoo', '{"type":"Feature","id":"user:2","geometry":null,"properties":{"name":"Tin Zoo"}}');
INSERT INTO history VALUES (1, '2026-11-20T10:00:00Z', 'page', 'place added', 'user:1', '');
INSERT INTO history VALUES (2, '2026-11-21T10:00:00Z', 'page', 'place retired', 'user:2', '');
PRAGMA user_version = 1;
