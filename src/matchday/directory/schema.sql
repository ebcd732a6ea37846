-- What was imported. Everything below "derived" can be made again from these.
CREATE TABLE IF NOT EXISTS sources (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, digest TEXT NOT NULL,
  as_of TEXT, read_on TEXT NOT NULL, entered_by TEXT NOT NULL, newest_season INTEGER
);
CREATE TABLE IF NOT EXISTS records (
  source_id INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  rows TEXT NOT NULL, acgme_code TEXT, nrmp_code TEXT, fields TEXT NOT NULL, history TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS records_by_source ON records (source_id);
-- What a person said of two doubtful entries: the same program, or not. Keys as in merge.py.
CREATE TABLE IF NOT EXISTS judgements (a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL, PRIMARY KEY (a, b));
-- How the columns of a person's own spreadsheet were read, to be used again for the same header.
CREATE TABLE IF NOT EXISTS mappings (header TEXT PRIMARY KEY, columns TEXT NOT NULL);

-- derived
CREATE TABLE IF NOT EXISTS programs (id INTEGER PRIMARY KEY, key TEXT NOT NULL, acgme_code TEXT, made_up INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS programs_by_code ON programs (acgme_code);
CREATE TABLE IF NOT EXISTS tracks (nrmp_code TEXT PRIMARY KEY, program_id INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tracks_by_program ON tracks (program_id);
CREATE TABLE IF NOT EXISTS claims (
  program_id INTEGER NOT NULL, nrmp_code TEXT, field TEXT NOT NULL, place INTEGER NOT NULL, value TEXT NOT NULL,
  source_id INTEGER NOT NULL, row INTEGER
);
CREATE INDEX IF NOT EXISTS claims_by_program ON claims (program_id, field);
CREATE TABLE IF NOT EXISTS history (
  nrmp_code TEXT NOT NULL, season INTEGER NOT NULL, place INTEGER NOT NULL, quota INTEGER NOT NULL, filled INTEGER,
  source_id INTEGER NOT NULL, PRIMARY KEY (nrmp_code, season, place)
) WITHOUT ROWID;
-- The index holds unfilled positions only, for "had unfilled positions lately".
CREATE INDEX IF NOT EXISTS history_unfilled ON history (season, nrmp_code) WHERE place = 0 AND filled < quota;
CREATE TABLE IF NOT EXISTS doubts (a TEXT NOT NULL, b TEXT NOT NULL, score INTEGER NOT NULL, why TEXT NOT NULL);
-- One line for each track, and one for each program without tracks: the shown value of every field that lists need.
CREATE TABLE IF NOT EXISTS listing (
  id INTEGER PRIMARY KEY, program_id INTEGER NOT NULL, acgme_code TEXT, nrmp_code TEXT,
  name TEXT, track_name TEXT, institution TEXT, city TEXT, state TEXT, specialty TEXT, specialty_name TEXT,
  track TEXT, service TEXT, season INTEGER, quota INTEGER, filled INTEGER, visa_j1 TEXT, visa_h1b TEXT, img_share REAL,
  latitude REAL, longitude REAL, setting TEXT, participation TEXT, takes_img TEXT, graduation_years_max TEXT,
  attempts_max TEXT, step1_min TEXT, step2_min TEXT, us_experience TEXT, us_experience_months TEXT, certificate_by TEXT,
  accreditation TEXT, accreditation_date TEXT,
  made_up INTEGER NOT NULL, oldest_source TEXT
);
CREATE INDEX IF NOT EXISTS listing_by_acgme ON listing (acgme_code);
CREATE INDEX IF NOT EXISTS listing_by_nrmp ON listing (nrmp_code);
CREATE INDEX IF NOT EXISTS listing_by_specialty ON listing (specialty, state);
CREATE INDEX IF NOT EXISTS listing_by_program ON listing (program_id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
  name, track_name, institution, city, state, specialty, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2'
);
-- Every word of `words` with the number of lines that hold it, for mending typos: asking the index itself is slow.
CREATE TABLE IF NOT EXISTS vocabulary (word TEXT PRIMARY KEY, lines INTEGER NOT NULL) WITHOUT ROWID;
