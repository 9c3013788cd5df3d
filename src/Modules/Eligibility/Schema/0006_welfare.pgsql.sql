-- Every row is one version of one 医療券・調剤券. Versions are closed, never changed or deleted.
CREATE TABLE eligibility.ticket (
    id          UUID    NOT NULL,  -- of the version; what is sealed is bound to it
    office      UUID    NOT NULL,  -- organisation
    entry       BYTEA   NOT NULL,  -- keyed hash of the office's own row id
    recipient   BYTEA   NOT NULL,  -- keyed hash of 公費負担者番号, 受給者番号, 生年月日: the same as of the coverage's card
    month       TEXT    NOT NULL,  -- 診療年月
    institution TEXT    NOT NULL,  -- 指定医療機関コード
    known_from  BIGINT  NOT NULL,
    known_until BIGINT,
    sealed      BYTEA   NOT NULL
);
CREATE UNIQUE INDEX eligibility_ticket_id ON eligibility.ticket (id);
CREATE UNIQUE INDEX eligibility_ticket_entry ON eligibility.ticket (entry) WHERE known_until IS NULL;
CREATE INDEX eligibility_ticket_past ON eligibility.ticket (entry) WHERE known_until IS NOT NULL;
CREATE INDEX eligibility_ticket_recipient ON eligibility.ticket (recipient, month);
CREATE INDEX eligibility_ticket_institution ON eligibility.ticket (institution, month) WHERE known_until IS NULL;

-- What an insurer is to look at of its current rows.
CREATE TABLE eligibility.notice (
    insurer UUID   NOT NULL,
    code    TEXT   NOT NULL,
    entry   BYTEA  NOT NULL,  -- of coverage
    number  BIGINT NOT NULL,  -- days late; 0 for anything else
    since   BIGINT NOT NULL,
    PRIMARY KEY (insurer, code, entry)
);
CREATE INDEX eligibility_notice_entry ON eligibility.notice (entry);
CREATE INDEX eligibility_coverage_stopped ON eligibility.coverage (insurer) WHERE stopped = 1 AND known_until IS NULL;

-- How many coverages an insurer registered on a day so many days after 取得届出日.
CREATE TABLE eligibility.lag (
    insurer UUID   NOT NULL,
    day     TEXT   NOT NULL,
    days    BIGINT NOT NULL,
    times   BIGINT NOT NULL,
    PRIMARY KEY (insurer, day, days)
);

-- How often a facility asked about an insurer's people on a day; nobody who is protected is counted.
CREATE TABLE eligibility.look (
    insurer  UUID   NOT NULL,
    day      TEXT   NOT NULL,
    facility UUID   NOT NULL,
    times    BIGINT NOT NULL,
    PRIMARY KEY (insurer, day, facility)
);
