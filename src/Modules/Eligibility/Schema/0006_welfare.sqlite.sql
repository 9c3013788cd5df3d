-- Every row is one version of one 医療券・調剤券. Versions are closed, never changed or deleted.
CREATE TABLE eligibility_ticket (
    id          TEXT    NOT NULL,  -- of the version; what is sealed is bound to it
    office      TEXT    NOT NULL,  -- organisation
    entry       BLOB    NOT NULL,  -- keyed hash of the office's own row id
    recipient   BLOB    NOT NULL,  -- keyed hash of 公費負担者番号, 受給者番号, 生年月日: the same as of the coverage's card
    month       TEXT    NOT NULL,  -- 診療年月
    institution TEXT    NOT NULL,  -- 指定医療機関コード
    known_from  INTEGER NOT NULL,
    known_until INTEGER,
    sealed      BLOB    NOT NULL
);
CREATE UNIQUE INDEX eligibility_ticket_id ON eligibility_ticket (id);
CREATE UNIQUE INDEX eligibility_ticket_entry ON eligibility_ticket (entry) WHERE known_until IS NULL;
CREATE INDEX eligibility_ticket_past ON eligibility_ticket (entry) WHERE known_until IS NOT NULL;
CREATE INDEX eligibility_ticket_recipient ON eligibility_ticket (recipient, month);
CREATE INDEX eligibility_ticket_institution ON eligibility_ticket (institution, month) WHERE known_until IS NULL;

-- What an insurer is to look at of its current rows.
CREATE TABLE eligibility_notice (
    insurer TEXT    NOT NULL,
    code    TEXT    NOT NULL,
    entry   BLOB    NOT NULL,  -- of coverage
    number  INTEGER NOT NULL,  -- days late; 0 for anything else
    since   INTEGER NOT NULL,
    PRIMARY KEY (insurer, code, entry)
) WITHOUT ROWID;
CREATE INDEX eligibility_notice_entry ON eligibility_notice (entry);
CREATE INDEX eligibility_coverage_stopped ON eligibility_coverage (insurer) WHERE stopped = 1 AND known_until IS NULL;

-- How many coverages an insurer registered on a day so many days after 取得届出日.
CREATE TABLE eligibility_lag (
    insurer TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    days    INTEGER NOT NULL,
    times   INTEGER NOT NULL,
    PRIMARY KEY (insurer, day, days)
) WITHOUT ROWID;

-- How often a facility asked about an insurer's people on a day; nobody who is protected is counted.
CREATE TABLE eligibility_look (
    insurer  TEXT    NOT NULL,
    day      TEXT    NOT NULL,
    facility TEXT    NOT NULL,
    times    INTEGER NOT NULL,
    PRIMARY KEY (insurer, day, facility)
) WITHOUT ROWID;
