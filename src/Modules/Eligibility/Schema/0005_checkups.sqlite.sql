-- Every row is one version of one person's 健診結果 of one day: known from known_from until known_until. Versions are closed, never changed; all of a result are deleted after five years.
CREATE TABLE eligibility_checkup (
    id          TEXT    NOT NULL PRIMARY KEY,  -- of the version; what is sealed is bound to it
    person      TEXT    NOT NULL,
    insurer     TEXT    NOT NULL,              -- organisation
    place       BLOB    NOT NULL,              -- keyed hash of insurer, person, 健診実施機関 and 健診実施日: the same for all versions
    held        TEXT    NOT NULL,              -- 健診実施日
    known_from  INTEGER NOT NULL,
    known_until INTEGER,
    sealed      BLOB    NOT NULL
);
CREATE UNIQUE INDEX eligibility_checkup_place ON eligibility_checkup (place) WHERE known_until IS NULL;
CREATE INDEX eligibility_checkup_person ON eligibility_checkup (person);
CREATE INDEX eligibility_checkup_held ON eligibility_checkup (held);

CREATE TABLE eligibility_checkup_package (
    insurer   TEXT    NOT NULL,
    package   TEXT    NOT NULL,  -- the insurer's own id of the package
    digest    TEXT    NOT NULL,  -- SHA-256 of the ZIP, so that another one under the same id is noticed
    started   INTEGER NOT NULL,
    ended     INTEGER,           -- null: broken off, send it again
    accepted  INTEGER NOT NULL,  -- 0: refused as a whole
    files     INTEGER NOT NULL,
    done      INTEGER NOT NULL,  -- of the good files
    problems  INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    same      INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    PRIMARY KEY (insurer, package)
) WITHOUT ROWID;

CREATE TABLE eligibility_checkup_problem (
    insurer TEXT    NOT NULL,
    package TEXT    NOT NULL,
    ordinal INTEGER NOT NULL,
    file    TEXT    NOT NULL,
    line    INTEGER NOT NULL,
    place   TEXT    NOT NULL,
    code    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    remedy  TEXT    NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (insurer, package, ordinal)
) WITHOUT ROWID;
