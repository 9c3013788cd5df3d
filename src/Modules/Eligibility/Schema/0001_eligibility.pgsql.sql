CREATE SCHEMA eligibility;

-- Every row is one version of one coverage: what was known of it from known_from until known_until. Versions are closed, never changed or deleted.
CREATE TABLE eligibility.coverage (
    id          UUID    NOT NULL,  -- of the version; what is sealed is bound to it
    person      UUID    NOT NULL,
    insurer     UUID    NOT NULL,  -- organisation
    entry       BYTEA   NOT NULL,  -- keyed hash of the insurer's own row id: the same for all versions
    search      BYTEA   NOT NULL,  -- keyed hash of 保険者番号, 記号, 番号, 生年月日
    branch      BYTEA,             -- keyed hash of 保険者番号, 記号, 番号, 枝番: one member of a family
    valid_from  TEXT    NOT NULL,  -- 資格取得年月日
    valid_until TEXT,              -- 資格喪失年月日: the first day not covered
    known_from  BIGINT  NOT NULL,
    known_until BIGINT,
    alike       BYTEA,             -- keyed hash of 生年月日, カナ, 性別: proposes matches
    stopped     INT     NOT NULL,  -- 閲覧停止
    shielded    INT     NOT NULL,  -- 不開示該当・自己情報提供不可
    notified    TEXT,              -- 取得届出日
    sealed      BYTEA   NOT NULL
);
CREATE UNIQUE INDEX eligibility_coverage_id ON eligibility.coverage (id);
CREATE INDEX eligibility_coverage_search ON eligibility.coverage (search);
CREATE UNIQUE INDEX eligibility_coverage_entry ON eligibility.coverage (entry) WHERE known_until IS NULL;
CREATE INDEX eligibility_coverage_past ON eligibility.coverage (entry) WHERE known_until IS NOT NULL;
CREATE INDEX eligibility_coverage_branch ON eligibility.coverage (branch) WHERE known_until IS NULL;
CREATE INDEX eligibility_coverage_alike ON eligibility.coverage (alike) WHERE known_until IS NULL;
CREATE INDEX eligibility_coverage_person ON eligibility.coverage (person);

CREATE TABLE eligibility.person (
    id      UUID NOT NULL PRIMARY KEY,
    insurer UUID NOT NULL,
    member  BYTEA NOT NULL UNIQUE   -- keyed hash of the insurer and its number of the person
);

CREATE TABLE eligibility.link (
    id          UUID    NOT NULL PRIMARY KEY,
    one         UUID    NOT NULL,
    other       UUID    NOT NULL,
    same        INT     NOT NULL,  -- 0: confirmed to be two people
    known_from  BIGINT  NOT NULL,
    known_until BIGINT
);
CREATE INDEX eligibility_link_one ON eligibility.link (one);
CREATE INDEX eligibility_link_other ON eligibility.link (other);

CREATE TABLE eligibility.reference (
    facility UUID    NOT NULL,
    person   UUID    NOT NULL,
    since    BIGINT  NOT NULL,
    sealed   BYTEA   NOT NULL,
    PRIMARY KEY (facility, person)
);

CREATE TABLE eligibility.file (
    insurer   UUID    NOT NULL,
    file      TEXT    NOT NULL,     -- the insurer's own id of the file
    started   BIGINT  NOT NULL,
    ended     BIGINT,              -- null: broken off, send it again
    rows      BIGINT  NOT NULL,
    digest    TEXT    NOT NULL,     -- of the rows done, so that another file under the same id is noticed
    created   BIGINT  NOT NULL,
    changed   BIGINT  NOT NULL,
    same      BIGINT  NOT NULL,
    withdrawn BIGINT  NOT NULL,
    refused   BIGINT  NOT NULL,
    late      BIGINT  NOT NULL,     -- registered more than five days after 取得届出日
    longest   BIGINT  NOT NULL,
    PRIMARY KEY (insurer, file)
);

CREATE TABLE eligibility.file_problem (
    insurer UUID    NOT NULL,
    file    TEXT    NOT NULL,
    line    BIGINT  NOT NULL,
    ordinal INT     NOT NULL,
    field   TEXT    NOT NULL,
    code    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    remedy  TEXT    NOT NULL,
    refused BIGINT  NOT NULL,
    PRIMARY KEY (insurer, file, line, ordinal)
);

-- What the site's list of protected persons is still to be told of the insurer's flags.
CREATE TABLE eligibility.shield (
    entry      BYTEA NOT NULL PRIMARY KEY,
    version    UUID NOT NULL,
    wanted     INT NOT NULL,
    settled    INT NOT NULL,
    protection UUID               -- what the list calls it
);
CREATE INDEX eligibility_shield_open ON eligibility.shield (settled) WHERE settled = 0;
