-- A device keeps its identity while certificates come and go: certificates get a table of their own, the device becomes an entry of the register.
CREATE TABLE identity.certificate (
    serial      TEXT    PRIMARY KEY,
    device      UUID    NOT NULL,
    thumbprint  TEXT    NOT NULL UNIQUE,
    key_digest  TEXT    NOT NULL,           -- SHA-256 of the public key; empty for certificates older than this table
    certificate BYTEA    NOT NULL,
    not_after   BIGINT NOT NULL,
    until       BIGINT NOT NULL,           -- = not_after, or the end of the overlap after a renewal
    state       TEXT    NOT NULL,
    revoked_at  BIGINT,
    reason_code TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    issued      BIGINT NOT NULL,
    changed     BIGINT NOT NULL
);
CREATE INDEX certificate_device ON identity.certificate (device);
CREATE INDEX certificate_changed ON identity.certificate (changed);
CREATE INDEX certificate_until ON identity.certificate (state, until);
CREATE INDEX certificate_key ON identity.certificate (key_digest);
INSERT INTO identity.certificate
SELECT serial, id, thumbprint, '', certificate, not_after, not_after, state, revoked_at, 'Unspecified', reason, 0, changed FROM identity.device;

ALTER TABLE identity.device DROP COLUMN serial, DROP COLUMN thumbprint, DROP COLUMN certificate, DROP COLUMN not_after, DROP COLUMN state, DROP COLUMN revoked_at, DROP COLUMN reason;
ALTER TABLE identity.device
    ADD COLUMN purpose           TEXT   NOT NULL DEFAULT 'System',
    ADD COLUMN dedicated         INT    NOT NULL DEFAULT 1,
    ADD COLUMN place             TEXT   NOT NULL DEFAULT '',
    ADD COLUMN operating_system  TEXT   NOT NULL DEFAULT '',
    ADD COLUMN system_version    TEXT   NOT NULL DEFAULT '',
    ADD COLUMN antivirus         TEXT   NOT NULL DEFAULT '',
    ADD COLUMN antivirus_pattern TEXT,
    ADD COLUMN antivirus_scan    TEXT,
    ADD COLUMN media             TEXT   NOT NULL DEFAULT '',
    ADD COLUMN responsible       TEXT   NOT NULL DEFAULT '',
    ADD COLUMN classification    TEXT   NOT NULL DEFAULT 'StrictlyConfidential',
    ADD COLUMN condition         TEXT   NOT NULL DEFAULT 'InUse',
    ADD COLUMN since             BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN due_back          TEXT,
    ADD COLUMN confirmed         BIGINT NOT NULL DEFAULT 0;
CREATE INDEX device_condition ON identity.device (condition);

-- What was done with a device, never overwritten.
CREATE TABLE identity.device_event (
    id        UUID    PRIMARY KEY,
    device    UUID    NOT NULL REFERENCES identity.device (id),
    at        BIGINT NOT NULL,
    act       TEXT    NOT NULL,
    person    UUID,
    by_device UUID,
    detail    TEXT    NOT NULL
);
CREATE INDEX device_event_device ON identity.device_event (device, at);

-- 証明書の申請: applied for, decided by somebody else, issued, collected.
CREATE TABLE identity.certificate_application (
    id             UUID    PRIMARY KEY,
    organisation   UUID    NOT NULL REFERENCES identity.organisation (id),
    device         UUID    NOT NULL REFERENCES identity.device (id),
    form           TEXT    NOT NULL,
    request        BYTEA,                    -- the public key asked for, DER SubjectPublicKeyInfo
    key_digest     TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    applied        BIGINT NOT NULL,
    applied_person UUID,
    applied_device UUID,
    decided        BIGINT,
    decided_person UUID,
    reason         TEXT    NOT NULL,
    serial         TEXT,
    bundle         BYTEA,                    -- PKCS#12 under its one-time password, until it is downloaded
    bundle_until   BIGINT
);
CREATE INDEX certificate_application_device ON identity.certificate_application (device);
CREATE INDEX certificate_application_state ON identity.certificate_application (state, applied);
