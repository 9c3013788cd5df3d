-- Every row is one version of one coverage: what was known of it from known_from until known_until. Versions are closed, never changed or deleted.
CREATE TABLE eligibility_coverage (
    id          TEXT    NOT NULL,  -- of the version; what is sealed is bound to it
    person      TEXT    NOT NULL,
    insurer     TEXT    NOT NULL,  -- organisation
    entry       BLOB    NOT NULL,  -- keyed hash of the insurer's own row id: the same for all versions
    search      BLOB    NOT NULL,  -- keyed hash of 保険者番号, 記号, 番号, 生年月日
    branch      BLOB,              -- keyed hash of 保険者番号, 記号, 番号, 枝番: one member of a family
    valid_from  TEXT    NOT NULL,  -- 資格取得年月日
    valid_until TEXT,              -- 資格喪失年月日: the first day not covered
    known_from  INTEGER NOT NULL,
    known_until INTEGER,
    alike       BLOB,              -- keyed hash of 生年月日, カナ, 性別: proposes matches
    stopped     INTEGER NOT NULL,  -- 閲覧停止
    shielded    INTEGER NOT NULL,  -- 不開示該当・自己情報提供不可
    notified    TEXT,              -- 取得届出日
    sealed      BLOB    NOT NULL
);
CREATE UNIQUE INDEX eligibility_coverage_id ON eligibility_coverage (id);
CREATE INDEX eligibility_coverage_search ON eligibility_coverage (search);
CREATE UNIQUE INDEX eligibility_coverage_entry ON eligibility_coverage (entry) WHERE known_until IS NULL;
CREATE INDEX eligibility_coverage_past ON eligibility_coverage (entry) WHERE known_until IS NOT NULL;
CREATE INDEX eligibility_coverage_branch ON eligibility_coverage (branch) WHERE known_until IS NULL;
CREATE INDEX eligibility_coverage_alike ON eligibility_coverage (alike) WHERE known_until IS NULL;
CREATE INDEX eligibility_coverage_person ON eligibility_coverage (person);

CREATE TABLE eligibility_person (
    id      TEXT NOT NULL PRIMARY KEY,
    insurer TEXT NOT NULL,
    member  BLOB NOT NULL UNIQUE   -- keyed hash of the insurer and its number of the person
) WITHOUT ROWID;

CREATE TABLE eligibility_link (
    id          TEXT    NOT NULL PRIMARY KEY,
    one         TEXT    NOT NULL,
    other       TEXT    NOT NULL,
    same        INTEGER NOT NULL,  -- 0: confirmed to be two people
    known_from  INTEGER NOT NULL,
    known_until INTEGER
) WITHOUT ROWID;
CREATE INDEX eligibility_link_one ON eligibility_link (one);
CREATE INDEX eligibility_link_other ON eligibility_link (other);

CREATE TABLE eligibility_reference (
    facility TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    sealed   BLOB    NOT NULL,
    PRIMARY KEY (facility, person)
) WITHOUT ROWID;

CREATE TABLE eligibility_file (
    insurer   TEXT    NOT NULL,
    file      TEXT    NOT NULL,     -- the insurer's own id of the file
    started   INTEGER NOT NULL,
    ended     INTEGER,              -- null: broken off, send it again
    rows      INTEGER NOT NULL,
    digest    TEXT    NOT NULL,     -- of the rows done, so that another file under the same id is noticed
    created   INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    same      INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    late      INTEGER NOT NULL,     -- registered more than five days after 取得届出日
    longest   INTEGER NOT NULL,
    PRIMARY KEY (insurer, file)
) WITHOUT ROWID;

CREATE TABLE eligibility_file_problem (
    insurer TEXT    NOT NULL,
    file    TEXT    NOT NULL,
    line    INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    field   TEXT    NOT NULL,
    code    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    remedy  TEXT    NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (insurer, file, line, ordinal)
) WITHOUT ROWID;

-- What the site's list of protected persons is still to be told of the insurer's flags.
CREATE TABLE eligibility_shield (
    entry      BLOB NOT NULL PRIMARY KEY,
    version    TEXT NOT NULL,
    wanted     INTEGER NOT NULL,
    settled    INTEGER NOT NULL,
    protection TEXT               -- what the list calls it
) WITHOUT ROWID;
CREATE INDEX eligibility_shield_open ON eligibility_shield (settled) WHERE settled = 0;
