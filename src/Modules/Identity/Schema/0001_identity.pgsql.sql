CREATE SCHEMA identity;

-- One row: counts every change that running servers must notice.
CREATE TABLE identity.version (
    id    INT PRIMARY KEY CHECK (id = 1),
    value BIGINT NOT NULL
);
INSERT INTO identity.version (id, value) VALUES (1, 0);

CREATE TABLE identity.organisation (
    id   UUID PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE identity.organisation_kind (
    organisation UUID NOT NULL REFERENCES identity.organisation (id),
    kind         TEXT NOT NULL,
    PRIMARY KEY (organisation, kind)
);
CREATE INDEX organisation_kind_kind ON identity.organisation_kind (kind);

CREATE TABLE identity.organisation_code (
    system       TEXT NOT NULL,
    value        TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES identity.organisation (id),
    PRIMARY KEY (system, value)
);
CREATE INDEX organisation_code_organisation ON identity.organisation_code (organisation);

CREATE TABLE identity.ca_certificate (
    thumbprint  TEXT   PRIMARY KEY,
    certificate BYTEA  NOT NULL,
    created     BIGINT NOT NULL
);

CREATE TABLE identity.device (
    id           UUID    PRIMARY KEY,
    organisation UUID    NOT NULL REFERENCES identity.organisation (id),
    name         TEXT    NOT NULL,
    serial       TEXT    NOT NULL UNIQUE,
    thumbprint   TEXT    NOT NULL UNIQUE,
    certificate  BYTEA   NOT NULL,
    not_after    BIGINT NOT NULL,
    state        TEXT    NOT NULL,
    revoked_at   BIGINT,
    reason       TEXT    NOT NULL DEFAULT '',
    changed      BIGINT NOT NULL
);
CREATE INDEX device_changed ON identity.device (changed);
CREATE INDEX device_organisation ON identity.device (organisation);

CREATE TABLE identity.revocation_list (
    number      BIGINT PRIMARY KEY,
    list        BYTEA  NOT NULL,
    this_update BIGINT NOT NULL,
    next_update BIGINT NOT NULL
);

CREATE TABLE identity.person (
    id           UUID PRIMARY KEY,
    organisation UUID NOT NULL REFERENCES identity.organisation (id),
    login        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    password     TEXT NOT NULL,
    role         TEXT NOT NULL,
    ended        BIGINT
);

-- Failures per login name (digest), known or not: an unknown name is locked like a known one, so that a lock tells nothing.
CREATE TABLE identity.sign_in_failure (
    login        TEXT    PRIMARY KEY,
    failed       INT NOT NULL,
    locked_until BIGINT NOT NULL,
    last         BIGINT NOT NULL
);
CREATE INDEX sign_in_failure_last ON identity.sign_in_failure (last);
