-- A card that nobody registered, shown where a kiosk can ask whose it is.
CREATE TABLE eligibility_card_newcomer (
    id          TEXT    NOT NULL PRIMARY KEY,  -- the card inquiry goes on under it
    facility    TEXT    NOT NULL,
    institution TEXT    NOT NULL,
    kiosk       TEXT    NOT NULL,
    card        BLOB    NOT NULL,  -- keyed hash of the issuer's key and the serial number
    care        TEXT    NOT NULL,
    day         TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    waits       INTEGER NOT NULL,
    certified   INTEGER NOT NULL,
    step        TEXT    NOT NULL,
    failures    INTEGER NOT NULL,
    details     BLOB               -- sealed, while the card signs; then nowhere
) WITHOUT ROWID;
CREATE INDEX eligibility_card_newcomer_kiosk ON eligibility_card_newcomer (facility, kiosk);

-- Registrations that did not fit, of one card or one facility, until the window ends.
CREATE TABLE eligibility_card_guess (
    subject  BLOB NOT NULL PRIMARY KEY,  -- keyed hash of a certificate, or the id of a facility
    failures INTEGER NOT NULL,
    until    INTEGER NOT NULL
) WITHOUT ROWID;

-- All cards of one person, for the day they are lost.
CREATE INDEX eligibility_card_person ON eligibility_card (person);
