-- Nothing vouches for it: what is kept beside a leaf must be provable from the leaf.
ALTER TABLE exchange.ledger_entry DROP COLUMN created;

-- The checkpoint that is served: signed by the log, cosigned by the witnesses that answered.
CREATE TABLE exchange.ledger_checkpoint (
    id   INT    PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL,
    note BYTEA  NOT NULL
);

CREATE TABLE exchange.ledger_witness (
    vkey     TEXT   PRIMARY KEY,
    size     BIGINT NOT NULL, -- of the checkpoint it cosigned last
    cosigned BIGINT,          -- when
    fault    TEXT   NOT NULL  -- since then; empty for none
);

-- From a receipt's entry to its transmission, when the ledger is verified.
CREATE INDEX transmission_receipt ON exchange.transmission (receipt_entry) WHERE receipt_entry IS NOT NULL;
