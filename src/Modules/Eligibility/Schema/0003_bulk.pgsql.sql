-- 一括: what a facility uploaded, and what became of it. Sealed, and deleted some days after it was received.
CREATE TABLE eligibility.job (
    id       UUID    NOT NULL PRIMARY KEY,  -- what is sealed is bound to it
    number   TEXT    NOT NULL UNIQUE,       -- 受付番号
    facility UUID    NOT NULL,
    kind     TEXT    NOT NULL,              -- 業務・単複・機能, e.g. OQSmuquc
    digest   BYTEA   NOT NULL,              -- keyed hash of the upload: the same one sent again is one job
    received BIGINT  NOT NULL,
    finished BIGINT,                  -- null: rows are still to be looked at
    served   BIGINT  NOT NULL,              -- when some of its rows were last looked at: whoever waited longest is next
    rows     BIGINT  NOT NULL,
    done     BIGINT  NOT NULL,
    failed   BIGINT  NOT NULL,              -- rows with an error of their own
    faults   BIGINT  NOT NULL,              -- times in a row that looking at its rows broke off
    head     BYTEA   NOT NULL               -- sealed: who asked, for which day
);
CREATE INDEX eligibility_job_open ON eligibility.job (served) WHERE finished IS NULL;
CREATE INDEX eligibility_job_facility ON eligibility.job (facility, kind, digest);
CREATE INDEX eligibility_job_received ON eligibility.job (received);

CREATE TABLE eligibility.job_part (
    job      UUID    NOT NULL,
    first    BIGINT  NOT NULL,              -- its first row
    asked    BYTEA   NOT NULL,              -- sealed
    answered BYTEA,                   -- sealed; null: not looked at yet
    PRIMARY KEY (job, first)
);

-- 医療機関環境設定情報. Every change is a version; the last one holds, without any the published defaults do.
CREATE TABLE eligibility.setting (
    facility     UUID    NOT NULL,
    version      BIGINT  NOT NULL,
    at           BIGINT  NOT NULL,
    operations   BIGINT  NOT NULL,          -- 1 利用する
    diagnoses    BIGINT  NOT NULL,
    medicines    BIGINT  NOT NULL,
    checkups     BIGINT  NOT NULL,
    prescription TEXT    NOT NULL,          -- OQSCD038; empty: never stated
    timing       TEXT    NOT NULL,          -- OQSCD039; empty: never stated
    PRIMARY KEY (facility, version)
);
