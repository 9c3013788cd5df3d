CREATE TABLE platform_outbox (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT    NOT NULL UNIQUE,
    type       TEXT    NOT NULL,
    aggregate  TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    done       INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX platform_outbox_waiting ON platform_outbox (sequence) WHERE done = 0;

CREATE TABLE platform_inbox (
    event    TEXT    NOT NULL,
    consumer TEXT    NOT NULL,
    handled  INTEGER NOT NULL,
    PRIMARY KEY (event, consumer)
) WITHOUT ROWID;

CREATE TABLE platform_audit (
    id           TEXT    PRIMARY KEY,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    organisation TEXT,
    person       TEXT,
    device       TEXT,
    subject      TEXT    NOT NULL,
    result       TEXT    NOT NULL,
    correlation  TEXT    NOT NULL,
    leaf         BLOB    NOT NULL
);
CREATE INDEX platform_audit_at ON platform_audit (at);

CREATE TABLE platform_setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
