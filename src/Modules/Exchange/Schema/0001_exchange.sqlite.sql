CREATE TABLE exchange_transmission (
    id              TEXT    PRIMARY KEY,
    state           TEXT    NOT NULL, -- Open, Received, Refused, Expired, Terminated
    provenance      TEXT    NOT NULL,
    sender          TEXT    NOT NULL,
    recipient       TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    file_name       TEXT    NOT NULL,
    classification  TEXT    NOT NULL,
    sha256          TEXT    NOT NULL,
    length          INTEGER NOT NULL,
    device          TEXT,             -- whose certificate signed the envelope; none for what the centre signed
    envelope        BLOB    NOT NULL, -- CMS
    envelope_sha256 TEXT    NOT NULL,
    content         TEXT,             -- stored object; none once its content is given up
    created         INTEGER NOT NULL,
    expires         INTEGER,
    refusal         TEXT,             -- problem code of a refusal for ever
    number          TEXT    UNIQUE,
    received_at     INTEGER,
    statement       BLOB,             -- the ledger's leaf
    log_index       INTEGER,
    acknowledgement BLOB,             -- CMS, never changes once given
    receipt         BLOB,             -- CMS of the recipient
    receipt_entry   TEXT,
    receipt_at      INTEGER,
    receipt_person  TEXT
) WITHOUT ROWID;
CREATE INDEX exchange_transmission_inbox ON exchange_transmission (recipient, received_at) WHERE provenance = 'Centre';
CREATE INDEX exchange_transmission_sent ON exchange_transmission (sender, received_at);
CREATE INDEX exchange_transmission_open ON exchange_transmission (expires) WHERE state = 'Open';
CREATE UNIQUE INDEX exchange_transmission_content ON exchange_transmission (content) WHERE content IS NOT NULL;

CREATE TABLE exchange_rejected_attempt (
    id           TEXT    PRIMARY KEY,
    at           INTEGER NOT NULL,
    transmission TEXT,
    organisation TEXT    NOT NULL,
    device       TEXT,
    code         TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TABLE exchange_number (
    day  TEXT    PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE exchange_ledger_entry (
    sequence INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL, -- audit, acknowledgement, receipt
    leaf     BLOB    NOT NULL,
    created  INTEGER NOT NULL,
    position INTEGER           -- given by the sequencer after commit
);
CREATE UNIQUE INDEX exchange_ledger_entry_position ON exchange_ledger_entry (position) WHERE position IS NOT NULL;
CREATE INDEX exchange_ledger_entry_waiting ON exchange_ledger_entry (sequence) WHERE position IS NULL;

CREATE TABLE exchange_ledger_node (
    level INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  BLOB    NOT NULL,
    PRIMARY KEY (level, idx)
) WITHOUT ROWID;

CREATE TABLE exchange_ledger_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    root BLOB    NOT NULL
);
INSERT INTO exchange_ledger_head (id, size, root)
VALUES (1, 0, X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855');
