-- A card that nobody registered, shown where a kiosk can ask whose it is.
CREATE TABLE eligibility.card_newcomer (
    id          UUID    NOT NULL PRIMARY KEY,  -- the card inquiry goes on under it
    facility    UUID    NOT NULL,
    institution TEXT    NOT NULL,
    kiosk       UUID    NOT NULL,
    card        BYTEA   NOT NULL,  -- keyed hash of the issuer's key and the serial number
    care        TEXT    NOT NULL,
    day         TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    waits       BIGINT  NOT NULL,
    certified   BIGINT  NOT NULL,
    step        TEXT    NOT NULL,
    failures    INT     NOT NULL,
    details     BYTEA              -- sealed, while the card signs; then nowhere
);
CREATE INDEX eligibility_card_newcomer_kiosk ON eligibility.card_newcomer (facility, kiosk);

-- Registrations that did not fit, of one card or one facility, until the window ends.
CREATE TABLE eligibility.card_guess (
    subject  BYTEA NOT NULL PRIMARY KEY,  -- keyed hash of a certificate, or the id of a facility
    failures INT NOT NULL,
    until    BIGINT NOT NULL
);

-- All cards of one person, for the day they are lost.
CREATE INDEX eligibility_card_person ON eligibility.card (person);
