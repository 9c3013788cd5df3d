-- 受付: what facilities keep of their own patients. Everything is one facility's; nothing joins across facilities, not even the hashes.
CREATE TABLE eligibility.desk_patient (
    id       UUID    NOT NULL PRIMARY KEY,
    facility UUID    NOT NULL,
    chart    BYTEA   NOT NULL,   -- keyed hash of the facility and 患者番号
    card     BYTEA,               -- … and 保険者番号, 記号, 番号, 生年月日
    member   BYTEA,               -- … and 保険者番号, 記号, 番号, 枝番
    alike    BYTEA,               -- … and 生年月日, カナ
    changed  BIGINT  NOT NULL,
    sealed   BYTEA   -- null: erased; the id stays for the answers
);
CREATE UNIQUE INDEX eligibility_desk_patient_chart ON eligibility.desk_patient (facility, chart);
CREATE INDEX eligibility_desk_patient_card ON eligibility.desk_patient (facility, card) WHERE card IS NOT NULL;
CREATE INDEX eligibility_desk_patient_member ON eligibility.desk_patient (facility, member) WHERE member IS NOT NULL;
CREATE INDEX eligibility_desk_patient_alike ON eligibility.desk_patient (facility, alike) WHERE alike IS NOT NULL;

CREATE TABLE eligibility.desk_visit (
    id       UUID    NOT NULL PRIMARY KEY,
    facility UUID    NOT NULL,
    patient  UUID    NOT NULL,
    day      TEXT    NOT NULL,
    time     TEXT    NOT NULL,   -- HH:mm, or empty for a walk-in
    arrived  BIGINT
);
CREATE UNIQUE INDEX eligibility_desk_visit_day ON eligibility.desk_visit (facility, day, patient);
CREATE INDEX eligibility_desk_visit_old ON eligibility.desk_visit (day);

-- Evidence: appended, never changed. Only who a card result belongs to is said later, once.
CREATE TABLE eligibility.desk_answer (
    id        UUID    NOT NULL PRIMARY KEY,  -- of the answer; the audit event names it
    facility  UUID    NOT NULL,
    patient   UUID,                          -- null: a card result nobody has decided about
    day       TEXT    NOT NULL,              -- 資格確認日
    at        BIGINT  NOT NULL,
    code      INT     NOT NULL,              -- 資格有効性
    source    TEXT    NOT NULL,
    dismissed INT     NOT NULL,
    sealed    BYTEA   NOT NULL
);
CREATE INDEX eligibility_desk_answer_patient ON eligibility.desk_answer (patient, day);
CREATE INDEX eligibility_desk_answer_waiting ON eligibility.desk_answer (facility, at) WHERE patient IS NULL AND dismissed = 0;
CREATE INDEX eligibility_desk_answer_old ON eligibility.desk_answer (at);

CREATE TABLE eligibility.desk_plan (
    facility      UUID    NOT NULL PRIMARY KEY,
    night         INT     NOT NULL,
    night_at      TEXT    NOT NULL,          -- HH:mm, 業務時刻
    use_reference INT     NOT NULL,
    person        UUID    -- whoever set it answers for what is asked
);

CREATE TABLE eligibility.desk_run (
    id        UUID    NOT NULL PRIMARY KEY,
    facility  UUID    NOT NULL,
    day       TEXT    NOT NULL,
    automatic INT     NOT NULL,
    person    UUID,
    started   BIGINT  NOT NULL,
    ended     BIGINT,
    lease     BIGINT  NOT NULL               -- a server works on it until then
);
CREATE UNIQUE INDEX eligibility_desk_run_night ON eligibility.desk_run (facility, day) WHERE automatic = 1;
CREATE INDEX eligibility_desk_run_facility ON eligibility.desk_run (facility, started);
CREATE INDEX eligibility_desk_run_open ON eligibility.desk_run (started) WHERE ended IS NULL;

CREATE TABLE eligibility.desk_run_item (
    run     UUID    NOT NULL,
    patient UUID    NOT NULL,
    day     TEXT    NOT NULL,
    visit   UUID    NOT NULL,
    answer  UUID,
    refusal TEXT    NOT NULL,                -- code of why it could not be asked
    PRIMARY KEY (run, patient, day)
);
