-- Every row is one version of one person's 健診結果 of one day: known from known_from until known_until. Versions are closed, never changed; all of a result are deleted after five years.
CREATE TABLE eligibility.checkup (
    id          UUID    NOT NULL PRIMARY KEY,  -- of the version; what is sealed is bound to it
    person      UUID    NOT NULL,
    insurer     UUID    NOT NULL,              -- organisation
    place       BYTEA   NOT NULL,              -- keyed hash of insurer, person, 健診実施機関 and 健診実施日: the same for all versions
    held        TEXT    NOT NULL,              -- 健診実施日
    known_from  BIGINT  NOT NULL,
    known_until BIGINT,
    sealed      BYTEA   NOT NULL
);
CREATE UNIQUE INDEX eligibility_checkup_place ON eligibility.checkup (place) WHERE known_until IS NULL;
CREATE INDEX eligibility_checkup_person ON eligibility.checkup (person);
CREATE INDEX eligibility_checkup_held ON eligibility.checkup (held);

CREATE TABLE eligibility.checkup_package (
    insurer   UUID    NOT NULL,
    package   TEXT    NOT NULL,  -- the insurer's own id of the package
    digest    TEXT    NOT NULL,  -- SHA-256 of the ZIP, so that another one under the same id is noticed
    started   BIGINT  NOT NULL,
    ended     BIGINT,           -- null: broken off, send it again
    accepted  BIGINT  NOT NULL,  -- 0: refused as a whole
    files     BIGINT  NOT NULL,
    done      BIGINT  NOT NULL,  -- of the good files
    problems  BIGINT  NOT NULL,
    created   BIGINT  NOT NULL,
    changed   BIGINT  NOT NULL,
    same      BIGINT  NOT NULL,
    refused   BIGINT  NOT NULL,
    PRIMARY KEY (insurer, package)
);

CREATE TABLE eligibility.checkup_problem (
    insurer UUID    NOT NULL,
    package TEXT    NOT NULL,
    ordinal BIGINT  NOT NULL,
    file    TEXT    NOT NULL,
    line    BIGINT  NOT NULL,
    place   TEXT    NOT NULL,
    code    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    remedy  TEXT    NOT NULL,
    refused BIGINT  NOT NULL,
    PRIMARY KEY (insurer, package, ordinal)
);
