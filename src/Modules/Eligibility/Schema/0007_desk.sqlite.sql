-- 受付: what facilities keep of their own patients. Everything is one facility's; nothing joins across facilities, not even the hashes.
CREATE TABLE eligibility_desk_patient (
    id       TEXT    NOT NULL PRIMARY KEY,
    facility TEXT    NOT NULL,
    chart    BLOB    NOT NULL,   -- keyed hash of the facility and 患者番号
    card     BLOB,               -- … and 保険者番号, 記号, 番号, 生年月日
    member   BLOB,               -- … and 保険者番号, 記号, 番号, 枝番
    alike    BLOB,               -- … and 生年月日, カナ
    changed  INTEGER NOT NULL,
    sealed   BLOB                -- null: erased; the id stays for the answers
) WITHOUT ROWID;
CREATE UNIQUE INDEX eligibility_desk_patient_chart ON eligibility_desk_patient (facility, chart);
CREATE INDEX eligibility_desk_patient_card ON eligibility_desk_patient (facility, card) WHERE card IS NOT NULL;
CREATE INDEX eligibility_desk_patient_member ON eligibility_desk_patient (facility, member) WHERE member IS NOT NULL;
CREATE INDEX eligibility_desk_patient_alike ON eligibility_desk_patient (facility, alike) WHERE alike IS NOT NULL;

CREATE TABLE eligibility_desk_visit (
    id       TEXT    NOT NULL PRIMARY KEY,
    facility TEXT    NOT NULL,
    patient  TEXT    NOT NULL,
    day      TEXT    NOT NULL,
    time     TEXT    NOT NULL,   -- HH:mm, or empty for a walk-in
    arrived  INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX eligibility_desk_visit_day ON eligibility_desk_visit (facility, day, patient);
CREATE INDEX eligibility_desk_visit_old ON eligibility_desk_visit (day);

-- Evidence: appended, never changed. Only who a card result belongs to is said later, once.
CREATE TABLE eligibility_desk_answer (
    id        TEXT    NOT NULL PRIMARY KEY,  -- of the answer; the audit event names it
    facility  TEXT    NOT NULL,
    patient   TEXT,                          -- null: a card result nobody has decided about
    day       TEXT    NOT NULL,              -- 資格確認日
    at        INTEGER NOT NULL,
    code      INTEGER NOT NULL,              -- 資格有効性
    source    TEXT    NOT NULL,
    dismissed INTEGER NOT NULL,
    sealed    BLOB    NOT NULL
) WITHOUT ROWID;
CREATE INDEX eligibility_desk_answer_patient ON eligibility_desk_answer (patient, day);
CREATE INDEX eligibility_desk_answer_waiting ON eligibility_desk_answer (facility, at) WHERE patient IS NULL AND dismissed = 0;
CREATE INDEX eligibility_desk_answer_old ON eligibility_desk_answer (at);

CREATE TABLE eligibility_desk_plan (
    facility      TEXT    NOT NULL PRIMARY KEY,
    night         INTEGER NOT NULL,
    night_at      TEXT    NOT NULL,          -- HH:mm, 業務時刻
    use_reference INTEGER NOT NULL,
    person        TEXT                       -- whoever set it answers for what is asked
) WITHOUT ROWID;

CREATE TABLE eligibility_desk_run (
    id        TEXT    NOT NULL PRIMARY KEY,
    facility  TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    automatic INTEGER NOT NULL,
    person    TEXT,
    started   INTEGER NOT NULL,
    ended     INTEGER,
    lease     INTEGER NOT NULL               -- a server works on it until then
) WITHOUT ROWID;
CREATE UNIQUE INDEX eligibility_desk_run_night ON eligibility_desk_run (facility, day) WHERE automatic = 1;
CREATE INDEX eligibility_desk_run_facility ON eligibility_desk_run (facility, started);
CREATE INDEX eligibility_desk_run_open ON eligibility_desk_run (started) WHERE ended IS NULL;

CREATE TABLE eligibility_desk_run_item (
    run     TEXT    NOT NULL,
    patient TEXT    NOT NULL,
    day     TEXT    NOT NULL,
    visit   TEXT    NOT NULL,
    answer  TEXT,
    refusal TEXT    NOT NULL,                -- code of why it could not be asked
    PRIMARY KEY (run, patient, day)
) WITHOUT ROWID;
