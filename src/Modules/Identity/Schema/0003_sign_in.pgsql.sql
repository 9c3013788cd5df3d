-- What a person signs in with. No row: the password was set by somebody else and nothing more is known.
CREATE TABLE identity.credential (
    person      UUID    PRIMARY KEY REFERENCES identity.person (id),
    changed     BIGINT NOT NULL,
    own         BIGINT NOT NULL,
    totp        TEXT,
    totp_since  BIGINT,
    totp_step   BIGINT NOT NULL DEFAULT 0,
    notice      TEXT    NOT NULL DEFAULT ''
);

CREATE TABLE identity.password_past (
    person UUID    NOT NULL REFERENCES identity.person (id),
    until  BIGINT NOT NULL,
    digest TEXT    NOT NULL,
    PRIMARY KEY (person, until)
);

CREATE TABLE identity.recovery_code (
    person UUID NOT NULL REFERENCES identity.person (id),
    digest TEXT NOT NULL,
    used   BIGINT,
    PRIMARY KEY (person, digest)
);

CREATE TABLE identity.passkey (
    id              UUID    PRIMARY KEY,
    credential      TEXT    NOT NULL UNIQUE,
    person          UUID    NOT NULL REFERENCES identity.person (id),
    name            TEXT    NOT NULL,
    public_key      BYTEA    NOT NULL,
    sign_count      BIGINT NOT NULL,
    transports      TEXT    NOT NULL,
    backup_eligible BIGINT NOT NULL,
    backed_up       BIGINT NOT NULL,
    attestation     BYTEA    NOT NULL,
    client_data     BYTEA    NOT NULL,
    created         BIGINT NOT NULL,
    last_used       BIGINT
);
CREATE INDEX passkey_person ON identity.passkey (person);

-- The cookie holds a random value, this its digest.
CREATE TABLE identity.session (
    id           UUID    PRIMARY KEY,
    digest       TEXT    NOT NULL UNIQUE,
    person       UUID    NOT NULL REFERENCES identity.person (id),
    organisation UUID,
    device       UUID,
    address      TEXT    NOT NULL,
    proved       TEXT    NOT NULL,
    stage        TEXT    NOT NULL,
    enrolling    TEXT,
    created      BIGINT NOT NULL,
    last_used    BIGINT NOT NULL,
    ended        BIGINT,
    why          TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX session_person ON identity.session (person, ended);

-- Challenges that were answered: an answer counts once.
CREATE TABLE identity.answered (
    digest  TEXT    PRIMARY KEY,
    expires BIGINT NOT NULL
);
CREATE INDEX answered_expires ON identity.answered (expires);

CREATE TABLE identity.recovery (
    id        UUID    PRIMARY KEY,
    person    UUID    NOT NULL REFERENCES identity.person (id),
    requested BIGINT NOT NULL,
    address   TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    first     UUID,
    first_at  BIGINT,
    second    UUID,
    second_at BIGINT,
    code      TEXT,
    expires   BIGINT
);
CREATE INDEX recovery_person ON identity.recovery (person);
