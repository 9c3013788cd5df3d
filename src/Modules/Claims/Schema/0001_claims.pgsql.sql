CREATE SCHEMA claims;

CREATE TABLE claims.institution (
    code         TEXT    PRIMARY KEY,
    name         TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    organisation UUID    NOT NULL,
    loaded       BIGINT NOT NULL
);

CREATE TABLE claims.notification (
    institution TEXT NOT NULL REFERENCES claims.institution (code),
    payer       TEXT NOT NULL,
    from_month  TEXT NOT NULL,
    until_month TEXT,
    PRIMARY KEY (institution, payer, from_month)
);

CREATE TABLE claims.agent (
    institution  TEXT NOT NULL REFERENCES claims.institution (code),
    organisation UUID NOT NULL,
    from_month   TEXT NOT NULL,
    until_month  TEXT,
    PRIMARY KEY (institution, organisation, from_month)
);

-- One row per acknowledged transmission of a claim file. owner is the notified institution's organisation once the claimant rule has passed.
CREATE TABLE claims.reception (
    number           TEXT    PRIMARY KEY,
    transmission     UUID    NOT NULL UNIQUE,
    sender           UUID    NOT NULL,
    recipient        UUID    NOT NULL,
    owner            UUID,
    institution      TEXT    NOT NULL,
    institution_name TEXT    NOT NULL,
    payer            TEXT    NOT NULL,
    month            TEXT    NOT NULL,
    volume           TEXT    NOT NULL,
    file_name        TEXT    NOT NULL,
    sha256           TEXT    NOT NULL,
    provenance       TEXT    NOT NULL,
    received_at      BIGINT NOT NULL,
    business_at      BIGINT NOT NULL,
    state            TEXT    NOT NULL,
    claims           INT NOT NULL,
    rejected         INT NOT NULL,
    points           BIGINT NOT NULL,
    findings         INT NOT NULL,
    worst            TEXT,
    editions         TEXT    NOT NULL,
    rule_list        TEXT    NOT NULL,
    not_run          TEXT    NOT NULL
);
CREATE INDEX claims_reception_submission ON claims.reception (institution, payer, month);
CREATE INDEX claims_reception_recipient ON claims.reception (recipient, month, state);
CREATE INDEX claims_reception_sender ON claims.reception (sender, month);
CREATE INDEX claims_reception_owner ON claims.reception (owner, month);
CREATE INDEX claims_reception_bytes ON claims.reception (sha256);
CREATE INDEX claims_reception_waiting ON claims.reception (received_at) WHERE state IN ('Received', 'Checked');

-- Where each claim lies in the submitted file. No name, no 記号・番号.
CREATE TABLE claims.claim (
    reception         TEXT    NOT NULL REFERENCES claims.reception (number),
    ordinal           INT NOT NULL,
    number            TEXT    NOT NULL,
    line              INT NOT NULL,
    lines             INT NOT NULL,
    start             BIGINT NOT NULL,
    length            INT NOT NULL,
    kind              TEXT    NOT NULL,
    treatment_month   TEXT    NOT NULL,
    insurer           TEXT    NOT NULL,
    public_payers     TEXT    NOT NULL,
    payers            INT NOT NULL,
    points            BIGINT NOT NULL,
    worst             TEXT,
    findings          INT NOT NULL,
    state             TEXT    NOT NULL,
    corrects          TEXT,
    corrects_ordinal  INT,
    management_number TEXT,
    search_number     TEXT,
    PRIMARY KEY (reception, ordinal)
);
CREATE INDEX claims_claim_corrects ON claims.claim (corrects, corrects_ordinal) WHERE corrects IS NOT NULL;

-- The rules that fired, as they read then: the list may say it differently in ten years.
CREATE TABLE claims.rule (
    reception TEXT    NOT NULL REFERENCES claims.reception (number),
    number    TEXT    NOT NULL,
    severity  TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    clause    TEXT    NOT NULL,
    remedy    TEXT    NOT NULL,
    times     INT NOT NULL,
    PRIMARY KEY (reception, number)
);

CREATE TABLE claims.finding (
    reception TEXT    NOT NULL,
    sequence  INT NOT NULL,
    rule      TEXT    NOT NULL,
    line      INT NOT NULL,
    claim     INT NOT NULL,
    record    TEXT    NOT NULL,
    item      INT NOT NULL,
    name      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    PRIMARY KEY (reception, sequence),
    FOREIGN KEY (reception, rule) REFERENCES claims.rule (reception, number)
);
CREATE INDEX claims_finding_claim ON claims.finding (reception, claim);

CREATE TABLE claims.history (
    reception    TEXT    NOT NULL REFERENCES claims.reception (number),
    sequence     INT NOT NULL,
    act          TEXT    NOT NULL,
    from_state   TEXT    NOT NULL,
    to_state     TEXT    NOT NULL,
    organisation UUID,
    person       UUID,
    at           BIGINT NOT NULL,
    business_at  BIGINT NOT NULL,
    note         TEXT    NOT NULL,
    PRIMARY KEY (reception, sequence)
);

CREATE TABLE claims.delivery (
    id          UUID    PRIMARY KEY,
    payer       UUID    NOT NULL,
    month       TEXT    NOT NULL,
    system      TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    sequence    INT NOT NULL,
    recipient   UUID    NOT NULL,
    claims      INT NOT NULL,
    points      BIGINT NOT NULL,
    made_at     BIGINT NOT NULL,
    received_at BIGINT,
    UNIQUE (payer, month, system, code, sequence)
);

-- To whom each decided claim goes; delivery is empty until it went.
CREATE TABLE claims.target (
    reception TEXT    NOT NULL,
    ordinal   INT NOT NULL,
    system    TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    delivery  UUID    REFERENCES claims.delivery (id),
    PRIMARY KEY (reception, ordinal, system, code),
    FOREIGN KEY (reception, ordinal) REFERENCES claims.claim (reception, ordinal)
);
CREATE INDEX claims_target_waiting ON claims.target (system, code) WHERE delivery IS NULL;

CREATE TABLE claims.numbering (
    month TEXT    PRIMARY KEY,
    last  BIGINT NOT NULL
);
