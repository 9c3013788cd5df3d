-- What is received and acknowledged but not opened yet, and what became of it. Content that never had to wait has no row.
CREATE TABLE exchange.quarantine (
    transmission UUID   PRIMARY KEY,
    state        TEXT    NOT NULL, -- Waiting, Infected, Opened, Rejected
    scan         TEXT    NOT NULL, -- Waiting, Clean, Infected, Unscannable, None
    clock_held   INTEGER NOT NULL, -- 1 while the time of its acknowledgement is not vouched for
    since        BIGINT NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    detail       TEXT    NOT NULL DEFAULT '',
    engine       TEXT    NOT NULL DEFAULT '',
    scanned_at   BIGINT,
    proposed     TEXT,             -- Open: waits for the second person
    proposed_by  TEXT,
    proposed_at  BIGINT,
    decided_by   TEXT,
    decided_at   BIGINT,
    reason       TEXT
);
CREATE INDEX quarantine_held ON exchange.quarantine (state, since);

-- Acknowledgement times never run backwards: the last one is looked up at start.
CREATE INDEX transmission_received ON exchange.transmission (received_at) WHERE statement IS NOT NULL;

-- What an operator must look into, with what was found and done about it.
CREATE TABLE exchange.notice (
    id          UUID   PRIMARY KEY,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    first_at    BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    times       INTEGER NOT NULL,
    reminded_at BIGINT,
    reminders   INTEGER NOT NULL DEFAULT 0,
    cause       TEXT,
    measure     TEXT,
    answered_by TEXT,
    answered_at BIGINT
);
CREATE UNIQUE INDEX notice_open ON exchange.notice (kind, subject) WHERE answered_at IS NULL;
