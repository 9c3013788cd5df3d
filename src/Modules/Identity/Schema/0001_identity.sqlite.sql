-- One row: counts every change that running servers must notice.
CREATE TABLE identity_version (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
);
INSERT INTO identity_version (id, value) VALUES (1, 0);

CREATE TABLE identity_organisation (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE identity_organisation_kind (
    organisation TEXT NOT NULL REFERENCES identity_organisation (id),
    kind         TEXT NOT NULL,
    PRIMARY KEY (organisation, kind)
) WITHOUT ROWID;
CREATE INDEX identity_organisation_kind_kind ON identity_organisation_kind (kind);

CREATE TABLE identity_organisation_code (
    system       TEXT NOT NULL,
    value        TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES identity_organisation (id),
    PRIMARY KEY (system, value)
) WITHOUT ROWID;
CREATE INDEX identity_organisation_code_organisation ON identity_organisation_code (organisation);

CREATE TABLE identity_ca_certificate (
    thumbprint  TEXT    PRIMARY KEY,
    certificate BLOB    NOT NULL,
    created     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE identity_device (
    id           TEXT    PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES identity_organisation (id),
    name         TEXT    NOT NULL,
    serial       TEXT    NOT NULL UNIQUE,
    thumbprint   TEXT    NOT NULL UNIQUE,
    certificate  BLOB    NOT NULL,
    not_after    INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    revoked_at   INTEGER,
    reason       TEXT    NOT NULL DEFAULT '',
    changed      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_device_changed ON identity_device (changed);
CREATE INDEX identity_device_organisation ON identity_device (organisation);

CREATE TABLE identity_revocation_list (
    number      INTEGER PRIMARY KEY,
    list        BLOB    NOT NULL,
    this_update INTEGER NOT NULL,
    next_update INTEGER NOT NULL
);

CREATE TABLE identity_person (
    id           TEXT PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES identity_organisation (id),
    login        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    password     TEXT NOT NULL,
    role         TEXT NOT NULL,
    ended        INTEGER
) WITHOUT ROWID;

-- Failures per login name (digest), known or not: an unknown name is locked like a known one, so that a lock tells nothing.
CREATE TABLE identity_sign_in_failure (
    login        TEXT    PRIMARY KEY,
    failed       INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    last         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_sign_in_failure_last ON identity_sign_in_failure (last);
