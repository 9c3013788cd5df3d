CREATE SCHEMA exchange;

CREATE TABLE exchange.transmission (
    id              UUID   PRIMARY KEY,
    state           TEXT   NOT NULL, -- Open, Received, Refused, Expired, Terminated
    provenance      TEXT   NOT NULL,
    sender          UUID   NOT NULL,
    recipient       UUID   NOT NULL,
    kind            TEXT   NOT NULL,
    file_name       TEXT   NOT NULL,
    classification  TEXT   NOT NULL,
    sha256          TEXT   NOT NULL,
    length          BIGINT NOT NULL,
    device          UUID,            -- whose certificate signed the envelope; none for what the centre signed
    envelope        BYTEA  NOT NULL, -- CMS
    envelope_sha256 TEXT   NOT NULL,
    content         UUID,            -- stored object; none once its content is given up
    created         BIGINT NOT NULL,
    expires         BIGINT,
    refusal         TEXT,            -- problem code of a refusal for ever
    number          TEXT   UNIQUE,
    received_at     BIGINT,
    statement       BYTEA,           -- the ledger's leaf
    log_index       BIGINT,
    acknowledgement BYTEA,           -- CMS, never changes once given
    receipt         BYTEA,           -- CMS of the recipient
    receipt_entry   UUID,
    receipt_at      BIGINT,
    receipt_person  UUID
);
CREATE INDEX transmission_inbox ON exchange.transmission (recipient, received_at) WHERE provenance = 'Centre';
CREATE INDEX transmission_sent ON exchange.transmission (sender, received_at);
CREATE INDEX transmission_open ON exchange.transmission (expires) WHERE state = 'Open';
CREATE UNIQUE INDEX transmission_content ON exchange.transmission (content) WHERE content IS NOT NULL;

CREATE TABLE exchange.rejected_attempt (
    id           UUID   PRIMARY KEY,
    at           BIGINT NOT NULL,
    transmission UUID,
    organisation UUID   NOT NULL,
    device       UUID,
    code         TEXT   NOT NULL
);

CREATE TABLE exchange.number (
    day  TEXT   PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE exchange.ledger_entry (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id       UUID   NOT NULL UNIQUE,
    kind     TEXT   NOT NULL, -- audit, acknowledgement, receipt
    leaf     BYTEA  NOT NULL,
    created  BIGINT NOT NULL,
    position BIGINT           -- given by the sequencer after commit
);
CREATE UNIQUE INDEX ledger_entry_position ON exchange.ledger_entry (position) WHERE position IS NOT NULL;
CREATE INDEX ledger_entry_waiting ON exchange.ledger_entry (sequence) WHERE position IS NULL;

CREATE TABLE exchange.ledger_node (
    level INT    NOT NULL,
    idx   BIGINT NOT NULL,
    hash  BYTEA  NOT NULL,
    PRIMARY KEY (level, idx)
);

CREATE TABLE exchange.ledger_head (
    id   INT    PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL,
    root BYTEA  NOT NULL
);
INSERT INTO exchange.ledger_head (id, size, root)
VALUES (1, 0, '\xE3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855');
