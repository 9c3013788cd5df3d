-- What a person agreed to at a facility. Never changed: a consent ends, and what it was stays.
CREATE TABLE eligibility.consent (
    id       UUID    NOT NULL PRIMARY KEY,
    person   UUID    NOT NULL,
    facility UUID    NOT NULL,
    kind     TEXT    NOT NULL,
    care     TEXT    NOT NULL,
    proof    TEXT    NOT NULL,
    source   UUID    NOT NULL,  -- the card inquiry or the emergency it came with
    at       BIGINT  NOT NULL,
    until    BIGINT,           -- null: 継続
    ended    BIGINT,
    why      TEXT
);
CREATE INDEX eligibility_consent_person ON eligibility.consent (person, facility);
CREATE INDEX eligibility_consent_facility ON eligibility.consent (facility, care, at);

-- 利用登録: whose a certificate is. One person at a time; a binding ends, it is not changed.
CREATE TABLE eligibility.card (
    id     UUID    NOT NULL PRIMARY KEY,
    serial BYTEA   NOT NULL,  -- keyed hash of the issuer's key and the serial number
    person UUID    NOT NULL,
    since  BIGINT  NOT NULL,
    ended  BIGINT,
    why    TEXT
);
CREATE UNIQUE INDEX eligibility_card_serial ON eligibility.card (serial) WHERE ended IS NULL;

-- What a card is to sign. Taken out when it is used.
CREATE TABLE eligibility.card_challenge (
    id          UUID    NOT NULL PRIMARY KEY,
    facility    UUID    NOT NULL,
    asker       TEXT    NOT NULL,  -- device or sign-in
    purpose     TEXT    NOT NULL,
    institution TEXT    NOT NULL,
    nonce       BYTEA   NOT NULL,
    expires     BIGINT  NOT NULL
);
CREATE INDEX eligibility_card_challenge_expires ON eligibility.card_challenge (expires);

CREATE TABLE eligibility.card_inquiry (
    id          UUID    NOT NULL PRIMARY KEY,
    facility    UUID    NOT NULL,
    institution TEXT    NOT NULL,
    person      UUID    NOT NULL,
    care        TEXT    NOT NULL,
    method      TEXT    NOT NULL,
    statement   TEXT    NOT NULL,  -- of the reader
    state       TEXT    NOT NULL,
    kiosk       UUID,              -- null: nobody is asked
    asked       TEXT    NOT NULL,  -- consents asked at the reader, to be kept once somebody vouched
    day         TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    waits       BIGINT  NOT NULL,  -- until when for somebody to vouch, or to choose
    certified   BIGINT  NOT NULL   -- until when the certificate is valid
);
CREATE INDEX eligibility_card_inquiry_waiting ON eligibility.card_inquiry (facility, state) WHERE state <> 'Answered';

-- 目視用パスコード.
CREATE TABLE eligibility.sight_code (
    facility UUID    NOT NULL PRIMARY KEY,
    code     BYTEA   NOT NULL,
    failures INT     NOT NULL,
    locked   BIGINT
);

-- 受付機.
CREATE TABLE eligibility.kiosk (
    id          UUID    NOT NULL PRIMARY KEY,
    facility    UUID    NOT NULL,
    name        TEXT    NOT NULL,
    secret      BYTEA   NOT NULL UNIQUE,  -- SHA-256
    certificate TEXT    NOT NULL,         -- of the device it was opened on; empty without
    opened_by   UUID    NOT NULL,
    opened      BIGINT  NOT NULL,
    ended       BIGINT
);
CREATE UNIQUE INDEX eligibility_kiosk_open ON eligibility.kiosk (facility, name) WHERE ended IS NULL;

-- 救急時: which facilities may open data without a consent, and when they did.
CREATE TABLE eligibility.emergency_permit (
    facility UUID    NOT NULL PRIMARY KEY,
    since    BIGINT  NOT NULL
);
CREATE TABLE eligibility.emergency (
    id       UUID    NOT NULL PRIMARY KEY,
    facility UUID    NOT NULL,
    person   UUID    NOT NULL,
    opener   UUID    NOT NULL,
    reason   BYTEA   NOT NULL,  -- sealed
    at       BIGINT  NOT NULL,
    until    BIGINT  NOT NULL,
    reviewer UUID,
    reviewed BIGINT,
    verdict  TEXT,
    note     BYTEA             -- sealed
);
CREATE INDEX eligibility_emergency_facility ON eligibility.emergency (facility, at);
