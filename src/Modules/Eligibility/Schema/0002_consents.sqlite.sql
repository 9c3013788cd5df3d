-- What a person agreed to at a facility. Never changed: a consent ends, and what it was stays.
CREATE TABLE eligibility_consent (
    id       TEXT    NOT NULL PRIMARY KEY,
    person   TEXT    NOT NULL,
    facility TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    care     TEXT    NOT NULL,
    proof    TEXT    NOT NULL,
    source   TEXT    NOT NULL,  -- the card inquiry or the emergency it came with
    at       INTEGER NOT NULL,
    until    INTEGER,           -- null: 継続
    ended    INTEGER,
    why      TEXT
) WITHOUT ROWID;
CREATE INDEX eligibility_consent_person ON eligibility_consent (person, facility);
CREATE INDEX eligibility_consent_facility ON eligibility_consent (facility, care, at);

-- 利用登録: whose a certificate is. One person at a time; a binding ends, it is not changed.
CREATE TABLE eligibility_card (
    id     TEXT    NOT NULL PRIMARY KEY,
    serial BLOB    NOT NULL,  -- keyed hash of the issuer's key and the serial number
    person TEXT    NOT NULL,
    since  INTEGER NOT NULL,
    ended  INTEGER,
    why    TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX eligibility_card_serial ON eligibility_card (serial) WHERE ended IS NULL;

-- What a card is to sign. Taken out when it is used.
CREATE TABLE eligibility_card_challenge (
    id          TEXT    NOT NULL PRIMARY KEY,
    facility    TEXT    NOT NULL,
    asker       TEXT    NOT NULL,  -- device or sign-in
    purpose     TEXT    NOT NULL,
    institution TEXT    NOT NULL,
    nonce       BLOB    NOT NULL,
    expires     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX eligibility_card_challenge_expires ON eligibility_card_challenge (expires);

CREATE TABLE eligibility_card_inquiry (
    id          TEXT    NOT NULL PRIMARY KEY,
    facility    TEXT    NOT NULL,
    institution TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    care        TEXT    NOT NULL,
    method      TEXT    NOT NULL,
    statement   TEXT    NOT NULL,  -- of the reader
    state       TEXT    NOT NULL,
    kiosk       TEXT,              -- null: nobody is asked
    asked       TEXT    NOT NULL,  -- consents asked at the reader, to be kept once somebody vouched
    day         TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    waits       INTEGER NOT NULL,  -- until when for somebody to vouch, or to choose
    certified   INTEGER NOT NULL   -- until when the certificate is valid
) WITHOUT ROWID;
CREATE INDEX eligibility_card_inquiry_waiting ON eligibility_card_inquiry (facility, state) WHERE state <> 'Answered';

-- 目視用パスコード.
CREATE TABLE eligibility_sight_code (
    facility TEXT    NOT NULL PRIMARY KEY,
    code     BLOB    NOT NULL,
    failures INTEGER NOT NULL,
    locked   INTEGER
) WITHOUT ROWID;

-- 受付機.
CREATE TABLE eligibility_kiosk (
    id          TEXT    NOT NULL PRIMARY KEY,
    facility    TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    secret      BLOB    NOT NULL UNIQUE,  -- SHA-256
    certificate TEXT    NOT NULL,         -- of the device it was opened on; empty without
    opened_by   TEXT    NOT NULL,
    opened      INTEGER NOT NULL,
    ended       INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX eligibility_kiosk_open ON eligibility_kiosk (facility, name) WHERE ended IS NULL;

-- 救急時: which facilities may open data without a consent, and when they did.
CREATE TABLE eligibility_emergency_permit (
    facility TEXT    NOT NULL PRIMARY KEY,
    since    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE eligibility_emergency (
    id       TEXT    NOT NULL PRIMARY KEY,
    facility TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    opener   TEXT    NOT NULL,
    reason   BLOB    NOT NULL,  -- sealed
    at       INTEGER NOT NULL,
    until    INTEGER NOT NULL,
    reviewer TEXT,
    reviewed INTEGER,
    verdict  TEXT,
    note     BLOB              -- sealed
) WITHOUT ROWID;
CREATE INDEX eligibility_emergency_facility ON eligibility_emergency (facility, at);
