-- Nothing vouches for it: what is kept beside a leaf must be provable from the leaf.
ALTER TABLE exchange_ledger_entry DROP COLUMN created;

-- The checkpoint that is served: signed by the log, cosigned by the witnesses that answered.
CREATE TABLE exchange_ledger_checkpoint (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    note BLOB    NOT NULL
);

CREATE TABLE exchange_ledger_witness (
    vkey     TEXT    PRIMARY KEY,
    size     INTEGER NOT NULL, -- of the checkpoint it cosigned last
    cosigned INTEGER,          -- when
    fault    TEXT    NOT NULL  -- since then; empty for none
) WITHOUT ROWID;

-- From a receipt's entry to its transmission, when the ledger is verified.
CREATE INDEX exchange_transmission_receipt ON exchange_transmission (receipt_entry) WHERE receipt_entry IS NOT NULL;
