-- 取下げ of claims that have become facts. Every request stays with its answer; a claim has at most one that is open or was granted.
CREATE TABLE claims.withdrawal (
    reception        TEXT    NOT NULL,
    ordinal          INTEGER NOT NULL,
    sequence         INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    reason           TEXT    NOT NULL,
    requested_by     UUID    NOT NULL,
    requested_person UUID,
    requested_at     BIGINT  NOT NULL,
    answer           TEXT    NOT NULL DEFAULT '',
    decided_by       UUID,
    decided_person   UUID,
    decided_at       BIGINT,
    PRIMARY KEY (reception, ordinal, sequence),
    FOREIGN KEY (reception, ordinal) REFERENCES claims.claim (reception, ordinal)
);
CREATE UNIQUE INDEX claims_withdrawal_standing ON claims.withdrawal (reception, ordinal) WHERE state <> 'Refused';
CREATE INDEX claims_withdrawal_open ON claims.withdrawal (requested_at) WHERE state = 'Requested';
