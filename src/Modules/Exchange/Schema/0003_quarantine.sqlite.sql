-- What is received and acknowledged but not opened yet, and what became of it. Content that never had to wait has no row.
CREATE TABLE exchange_quarantine (
    transmission TEXT    PRIMARY KEY,
    state        TEXT    NOT NULL, -- Waiting, Infected, Opened, Rejected
    scan         TEXT    NOT NULL, -- Waiting, Clean, Infected, Unscannable, None
    clock_held   INTEGER NOT NULL, -- 1 while the time of its acknowledgement is not vouched for
    since        INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    detail       TEXT    NOT NULL DEFAULT '',
    engine       TEXT    NOT NULL DEFAULT '',
    scanned_at   INTEGER,
    proposed     TEXT,             -- Open: waits for the second person
    proposed_by  TEXT,
    proposed_at  INTEGER,
    decided_by   TEXT,
    decided_at   INTEGER,
    reason       TEXT
) WITHOUT ROWID;
CREATE INDEX exchange_quarantine_held ON exchange_quarantine (state, since);

-- Acknowledgement times never run backwards: the last one is looked up at start.
CREATE INDEX exchange_transmission_received ON exchange_transmission (received_at) WHERE statement IS NOT NULL;

-- What an operator must look into, with what was found and done about it.
CREATE TABLE exchange_notice (
    id          TEXT    PRIMARY KEY,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    times       INTEGER NOT NULL,
    reminded_at INTEGER,
    reminders   INTEGER NOT NULL DEFAULT 0,
    cause       TEXT,
    measure     TEXT,
    answered_by TEXT,
    answered_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX exchange_notice_open ON exchange_notice (kind, subject) WHERE answered_at IS NULL;
