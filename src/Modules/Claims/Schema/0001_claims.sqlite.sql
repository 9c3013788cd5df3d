CREATE TABLE claims_institution (
    code         TEXT    PRIMARY KEY,
    name         TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    loaded       INTEGER NOT NULL
);

CREATE TABLE claims_notification (
    institution TEXT NOT NULL REFERENCES claims_institution (code),
    payer       TEXT NOT NULL,
    from_month  TEXT NOT NULL,
    until_month TEXT,
    PRIMARY KEY (institution, payer, from_month)
);

CREATE TABLE claims_agent (
    institution  TEXT NOT NULL REFERENCES claims_institution (code),
    organisation TEXT NOT NULL,
    from_month   TEXT NOT NULL,
    until_month  TEXT,
    PRIMARY KEY (institution, organisation, from_month)
);

-- One row per acknowledged transmission of a claim file. owner is the notified institution's organisation once the claimant rule has passed.
CREATE TABLE claims_reception (
    number           TEXT    PRIMARY KEY,
    transmission     TEXT    NOT NULL UNIQUE,
    sender           TEXT    NOT NULL,
    recipient        TEXT    NOT NULL,
    owner            TEXT,
    institution      TEXT    NOT NULL,
    institution_name TEXT    NOT NULL,
    payer            TEXT    NOT NULL,
    month            TEXT    NOT NULL,
    volume           TEXT    NOT NULL,
    file_name        TEXT    NOT NULL,
    sha256           TEXT    NOT NULL,
    provenance       TEXT    NOT NULL,
    received_at      INTEGER NOT NULL,
    business_at      INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    claims           INTEGER NOT NULL,
    rejected         INTEGER NOT NULL,
    points           INTEGER NOT NULL,
    findings         INTEGER NOT NULL,
    worst            TEXT,
    editions         TEXT    NOT NULL,
    rule_list        TEXT    NOT NULL,
    not_run          TEXT    NOT NULL
);
CREATE INDEX claims_reception_submission ON claims_reception (institution, payer, month);
CREATE INDEX claims_reception_recipient ON claims_reception (recipient, month, state);
CREATE INDEX claims_reception_sender ON claims_reception (sender, month);
CREATE INDEX claims_reception_owner ON claims_reception (owner, month);
CREATE INDEX claims_reception_bytes ON claims_reception (sha256);
CREATE INDEX claims_reception_waiting ON claims_reception (received_at) WHERE state IN ('Received', 'Checked');

-- Where each claim lies in the submitted file. No name, no 記号・番号.
CREATE TABLE claims_claim (
    reception         TEXT    NOT NULL REFERENCES claims_reception (number),
    ordinal           INTEGER NOT NULL,
    number            TEXT    NOT NULL,
    line              INTEGER NOT NULL,
    lines             INTEGER NOT NULL,
    start             INTEGER NOT NULL,
    length            INTEGER NOT NULL,
    kind              TEXT    NOT NULL,
    treatment_month   TEXT    NOT NULL,
    insurer           TEXT    NOT NULL,
    public_payers     TEXT    NOT NULL,
    payers            INTEGER NOT NULL,
    points            INTEGER NOT NULL,
    worst             TEXT,
    findings          INTEGER NOT NULL,
    state             TEXT    NOT NULL,
    corrects          TEXT,
    corrects_ordinal  INTEGER,
    management_number TEXT,
    search_number     TEXT,
    PRIMARY KEY (reception, ordinal)
) WITHOUT ROWID;
CREATE INDEX claims_claim_corrects ON claims_claim (corrects, corrects_ordinal) WHERE corrects IS NOT NULL;

-- The rules that fired, as they read then: the list may say it differently in ten years.
CREATE TABLE claims_rule (
    reception TEXT    NOT NULL REFERENCES claims_reception (number),
    number    TEXT    NOT NULL,
    severity  TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    clause    TEXT    NOT NULL,
    remedy    TEXT    NOT NULL,
    times     INTEGER NOT NULL,
    PRIMARY KEY (reception, number)
) WITHOUT ROWID;

CREATE TABLE claims_finding (
    reception TEXT    NOT NULL,
    sequence  INTEGER NOT NULL,
    rule      TEXT    NOT NULL,
    line      INTEGER NOT NULL,
    claim     INTEGER NOT NULL,
    record    TEXT    NOT NULL,
    item      INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    PRIMARY KEY (reception, sequence),
    FOREIGN KEY (reception, rule) REFERENCES claims_rule (reception, number)
) WITHOUT ROWID;
CREATE INDEX claims_finding_claim ON claims_finding (reception, claim);

CREATE TABLE claims_history (
    reception    TEXT    NOT NULL REFERENCES claims_reception (number),
    sequence     INTEGER NOT NULL,
    act          TEXT    NOT NULL,
    from_state   TEXT    NOT NULL,
    to_state     TEXT    NOT NULL,
    organisation TEXT,
    person       TEXT,
    at           INTEGER NOT NULL,
    business_at  INTEGER NOT NULL,
    note         TEXT    NOT NULL,
    PRIMARY KEY (reception, sequence)
) WITHOUT ROWID;

CREATE TABLE claims_delivery (
    id          TEXT    PRIMARY KEY,
    payer       TEXT    NOT NULL,
    month       TEXT    NOT NULL,
    system      TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    sequence    INTEGER NOT NULL,
    recipient   TEXT    NOT NULL,
    claims      INTEGER NOT NULL,
    points      INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    received_at INTEGER,
    UNIQUE (payer, month, system, code, sequence)
);

-- To whom each decided claim goes; delivery is empty until it went.
CREATE TABLE claims_target (
    reception TEXT    NOT NULL,
    ordinal   INTEGER NOT NULL,
    system    TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    delivery  TEXT    REFERENCES claims_delivery (id),
    PRIMARY KEY (reception, ordinal, system, code),
    FOREIGN KEY (reception, ordinal) REFERENCES claims_claim (reception, ordinal)
) WITHOUT ROWID;
CREATE INDEX claims_target_waiting ON claims_target (system, code) WHERE delivery IS NULL;

CREATE TABLE claims_numbering (
    month TEXT    PRIMARY KEY,
    last  INTEGER NOT NULL
);
