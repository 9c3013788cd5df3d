-- 接続: which provider and line an organisation comes by. Changed by a new row; an ended row stays.
CREATE TABLE identity_connection (
    id              TEXT    PRIMARY KEY,
    organisation    TEXT    NOT NULL REFERENCES identity_organisation (id),
    provider        TEXT    NOT NULL,
    line            TEXT    NOT NULL,
    ranges          TEXT    NOT NULL,       -- CIDR, separated by one space
    outside_answer  TEXT,                   -- day of the carrier's answer: access from outside is blocked (別表5)
    between_answer  TEXT,                   -- day of the carrier's answer: traffic between institutions is blocked (別表8)
    answer_until    TEXT,
    note            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    applied         INTEGER NOT NULL,
    applied_person  TEXT,
    decided         INTEGER,
    decided_person  TEXT,
    reason          TEXT    NOT NULL,
    changed         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_connection_changed ON identity_connection (changed);
CREATE INDEX identity_connection_organisation ON identity_connection (organisation);
CREATE INDEX identity_connection_state ON identity_connection (state);

-- 利用規約: versions and consents, never overwritten.
CREATE TABLE identity_terms (
    id        TEXT    PRIMARY KEY,
    publisher TEXT    NOT NULL REFERENCES identity_organisation (id),
    covers    TEXT    NOT NULL,
    version   TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    effective TEXT    NOT NULL,
    published INTEGER NOT NULL,
    person    TEXT,
    changed   INTEGER NOT NULL,
    UNIQUE (publisher, covers, version)
) WITHOUT ROWID;
CREATE INDEX identity_terms_changed ON identity_terms (changed);

CREATE TABLE identity_consent (
    id           TEXT    PRIMARY KEY,
    terms        TEXT    NOT NULL REFERENCES identity_terms (id),
    organisation TEXT    NOT NULL REFERENCES identity_organisation (id),
    at           INTEGER NOT NULL,
    person       TEXT    NOT NULL,
    person_name  TEXT    NOT NULL,
    device       TEXT,
    changed      INTEGER NOT NULL,
    UNIQUE (terms, organisation)
) WITHOUT ROWID;
CREATE INDEX identity_consent_changed ON identity_consent (changed);
CREATE INDEX identity_consent_organisation ON identity_consent (organisation);
