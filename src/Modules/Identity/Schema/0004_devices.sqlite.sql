-- A device keeps its identity while certificates come and go: certificates get a table of their own, the device becomes an entry of the register.
CREATE TABLE identity_certificate (
    serial      TEXT    PRIMARY KEY,
    device      TEXT    NOT NULL,
    thumbprint  TEXT    NOT NULL UNIQUE,
    key_digest  TEXT    NOT NULL,           -- SHA-256 of the public key; empty for certificates older than this table
    certificate BLOB    NOT NULL,
    not_after   INTEGER NOT NULL,
    until       INTEGER NOT NULL,           -- = not_after, or the end of the overlap after a renewal
    state       TEXT    NOT NULL,
    revoked_at  INTEGER,
    reason_code TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    issued      INTEGER NOT NULL,
    changed     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_certificate_device ON identity_certificate (device);
CREATE INDEX identity_certificate_changed ON identity_certificate (changed);
CREATE INDEX identity_certificate_until ON identity_certificate (state, until);
CREATE INDEX identity_certificate_key ON identity_certificate (key_digest);
INSERT INTO identity_certificate
SELECT serial, id, thumbprint, '', certificate, not_after, not_after, state, revoked_at, 'Unspecified', reason, 0, changed FROM identity_device;

CREATE TABLE identity_device_register (
    id                TEXT    PRIMARY KEY,
    organisation      TEXT    NOT NULL REFERENCES identity_organisation (id),
    name              TEXT    NOT NULL,
    purpose           TEXT    NOT NULL,
    dedicated         INTEGER NOT NULL,
    place             TEXT    NOT NULL,
    operating_system  TEXT    NOT NULL,
    system_version    TEXT    NOT NULL,
    antivirus         TEXT    NOT NULL,
    antivirus_pattern TEXT,
    antivirus_scan    TEXT,
    media             TEXT    NOT NULL,
    responsible       TEXT    NOT NULL,
    classification    TEXT    NOT NULL,
    condition         TEXT    NOT NULL,
    since             INTEGER NOT NULL,
    due_back          TEXT,
    confirmed         INTEGER NOT NULL,
    changed           INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO identity_device_register
SELECT id, organisation, name, 'System', 1, '', '', '', '', NULL, NULL, '', '', 'StrictlyConfidential', 'InUse', 0, NULL, 0, changed FROM identity_device;
DROP TABLE identity_device;
ALTER TABLE identity_device_register RENAME TO identity_device;
CREATE INDEX identity_device_changed ON identity_device (changed);
CREATE INDEX identity_device_organisation ON identity_device (organisation);
CREATE INDEX identity_device_condition ON identity_device (condition);

-- What was done with a device, never overwritten.
CREATE TABLE identity_device_event (
    id        TEXT    PRIMARY KEY,
    device    TEXT    NOT NULL REFERENCES identity_device (id),
    at        INTEGER NOT NULL,
    act       TEXT    NOT NULL,
    person    TEXT,
    by_device TEXT,
    detail    TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_device_event_device ON identity_device_event (device, at);

-- 証明書の申請: applied for, decided by somebody else, issued, collected.
CREATE TABLE identity_certificate_application (
    id             TEXT    PRIMARY KEY,
    organisation   TEXT    NOT NULL REFERENCES identity_organisation (id),
    device         TEXT    NOT NULL REFERENCES identity_device (id),
    form           TEXT    NOT NULL,
    request        BLOB,                    -- the public key asked for, DER SubjectPublicKeyInfo
    key_digest     TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    applied        INTEGER NOT NULL,
    applied_person TEXT,
    applied_device TEXT,
    decided        INTEGER,
    decided_person TEXT,
    reason         TEXT    NOT NULL,
    serial         TEXT,
    bundle         BLOB,                    -- PKCS#12 under its one-time password, until it is downloaded
    bundle_until   INTEGER
) WITHOUT ROWID;
CREATE INDEX identity_certificate_application_device ON identity_certificate_application (device);
CREATE INDEX identity_certificate_application_state ON identity_certificate_application (state, applied);
