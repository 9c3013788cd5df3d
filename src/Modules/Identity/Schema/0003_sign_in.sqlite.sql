-- What a person signs in with. No row: the password was set by somebody else and nothing more is known.
CREATE TABLE identity_credential (
    person      TEXT    PRIMARY KEY REFERENCES identity_person (id),
    changed     INTEGER NOT NULL,
    own         INTEGER NOT NULL,
    totp        TEXT,
    totp_since  INTEGER,
    totp_step   INTEGER NOT NULL DEFAULT 0,
    notice      TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE identity_password_past (
    person TEXT    NOT NULL REFERENCES identity_person (id),
    until  INTEGER NOT NULL,
    digest TEXT    NOT NULL,
    PRIMARY KEY (person, until)
) WITHOUT ROWID;

CREATE TABLE identity_recovery_code (
    person TEXT NOT NULL REFERENCES identity_person (id),
    digest TEXT NOT NULL,
    used   INTEGER,
    PRIMARY KEY (person, digest)
) WITHOUT ROWID;

CREATE TABLE identity_passkey (
    id              TEXT    PRIMARY KEY,
    credential      TEXT    NOT NULL UNIQUE,
    person          TEXT    NOT NULL REFERENCES identity_person (id),
    name            TEXT    NOT NULL,
    public_key      BLOB    NOT NULL,
    sign_count      INTEGER NOT NULL,
    transports      TEXT    NOT NULL,
    backup_eligible INTEGER NOT NULL,
    backed_up       INTEGER NOT NULL,
    attestation     BLOB    NOT NULL,
    client_data     BLOB    NOT NULL,
    created         INTEGER NOT NULL,
    last_used       INTEGER
) WITHOUT ROWID;
CREATE INDEX identity_passkey_person ON identity_passkey (person);

-- The cookie holds a random value, this its digest.
CREATE TABLE identity_session (
    id           TEXT    PRIMARY KEY,
    digest       TEXT    NOT NULL UNIQUE,
    person       TEXT    NOT NULL REFERENCES identity_person (id),
    organisation TEXT,
    device       TEXT,
    address      TEXT    NOT NULL,
    proved       TEXT    NOT NULL,
    stage        TEXT    NOT NULL,
    enrolling    TEXT,
    created      INTEGER NOT NULL,
    last_used    INTEGER NOT NULL,
    ended        INTEGER,
    why          TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX identity_session_person ON identity_session (person, ended);

-- Challenges that were answered: an answer counts once.
CREATE TABLE identity_answered (
    digest  TEXT    PRIMARY KEY,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_answered_expires ON identity_answered (expires);

CREATE TABLE identity_recovery (
    id        TEXT    PRIMARY KEY,
    person    TEXT    NOT NULL REFERENCES identity_person (id),
    requested INTEGER NOT NULL,
    address   TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    first     TEXT,
    first_at  INTEGER,
    second    TEXT,
    second_at INTEGER,
    code      TEXT,
    expires   INTEGER
) WITHOUT ROWID;
CREATE INDEX identity_recovery_person ON identity_recovery (person);
