-- 一括: what a facility uploaded, and what became of it. Sealed, and deleted some days after it was received.
CREATE TABLE eligibility_job (
    id       TEXT    NOT NULL PRIMARY KEY,  -- what is sealed is bound to it
    number   TEXT    NOT NULL UNIQUE,       -- 受付番号
    facility TEXT    NOT NULL,
    kind     TEXT    NOT NULL,              -- 業務・単複・機能, e.g. OQSmuquc
    digest   BLOB    NOT NULL,              -- keyed hash of the upload: the same one sent again is one job
    received INTEGER NOT NULL,
    finished INTEGER,                 -- null: rows are still to be looked at
    served   INTEGER NOT NULL,              -- when some of its rows were last looked at: whoever waited longest is next
    rows     INTEGER NOT NULL,
    done     INTEGER NOT NULL,
    failed   INTEGER NOT NULL,              -- rows with an error of their own
    faults   INTEGER NOT NULL,              -- times in a row that looking at its rows broke off
    head     BLOB    NOT NULL               -- sealed: who asked, for which day
);
CREATE INDEX eligibility_job_open ON eligibility_job (served) WHERE finished IS NULL;
CREATE INDEX eligibility_job_facility ON eligibility_job (facility, kind, digest);
CREATE INDEX eligibility_job_received ON eligibility_job (received);

CREATE TABLE eligibility_job_part (
    job      TEXT    NOT NULL,
    first    INTEGER NOT NULL,              -- its first row
    asked    BLOB    NOT NULL,              -- sealed
    answered BLOB,                    -- sealed; null: not looked at yet
    PRIMARY KEY (job, first)
) WITHOUT ROWID;

-- 医療機関環境設定情報. Every change is a version; the last one holds, without any the published defaults do.
CREATE TABLE eligibility_setting (
    facility     TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    operations   INTEGER NOT NULL,          -- 1 利用する
    diagnoses    INTEGER NOT NULL,
    medicines    INTEGER NOT NULL,
    checkups     INTEGER NOT NULL,
    prescription TEXT    NOT NULL,          -- OQSCD038; empty: never stated
    timing       TEXT    NOT NULL,          -- OQSCD039; empty: never stated
    PRIMARY KEY (facility, version)
) WITHOUT ROWID;
