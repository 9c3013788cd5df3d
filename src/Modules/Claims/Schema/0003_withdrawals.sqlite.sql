-- 取下げ of claims that have become facts. Every request stays with its answer; a claim has at most one that is open or was granted.
CREATE TABLE claims_withdrawal (
    reception        TEXT    NOT NULL,
    ordinal          INTEGER NOT NULL,
    sequence         INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    reason           TEXT    NOT NULL,
    requested_by     TEXT    NOT NULL,
    requested_person TEXT,
    requested_at     INTEGER NOT NULL,
    answer           TEXT    NOT NULL DEFAULT '',
    decided_by       TEXT,
    decided_person   TEXT,
    decided_at       INTEGER,
    PRIMARY KEY (reception, ordinal, sequence),
    FOREIGN KEY (reception, ordinal) REFERENCES claims_claim (reception, ordinal)
) WITHOUT ROWID;
CREATE UNIQUE INDEX claims_withdrawal_standing ON claims_withdrawal (reception, ordinal) WHERE state <> 'Refused';
CREATE INDEX claims_withdrawal_open ON claims_withdrawal (requested_at) WHERE state = 'Requested';
