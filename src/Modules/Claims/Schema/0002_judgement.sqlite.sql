-- How each check fared on one reception: what it said, what people said of it, what happened anyway. Kept in the transaction of whatever changes it.
CREATE TABLE claims_tally (
    reception         TEXT    NOT NULL,
    rule              TEXT    NOT NULL,
    severity          TEXT    NOT NULL,
    recipient         TEXT    NOT NULL,
    month             TEXT    NOT NULL,
    editions          TEXT    NOT NULL,
    rule_list         TEXT    NOT NULL,
    fired             INTEGER NOT NULL,
    claims            INTEGER NOT NULL,
    payer_right       INTEGER NOT NULL DEFAULT 0,
    payer_wrong       INTEGER NOT NULL DEFAULT 0,
    institution_right INTEGER NOT NULL DEFAULT 0,
    institution_wrong INTEGER NOT NULL DEFAULT 0,
    cancelled         INTEGER NOT NULL DEFAULT 0,
    resent            INTEGER NOT NULL DEFAULT 0,
    stood             INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (reception, rule),
    FOREIGN KEY (reception, rule) REFERENCES claims_rule (reception, number)
) WITHOUT ROWID;
CREATE INDEX claims_tally_recipient ON claims_tally (recipient, month, rule, reception);
CREATE INDEX claims_tally_month ON claims_tally (month, rule, reception);
CREATE INDEX claims_finding_rule ON claims_finding (reception, rule, claim, sequence);

-- What each side says of a check's findings on a claim; claim 0 is the file.
CREATE TABLE claims_judgement (
    reception    TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    claim        INTEGER NOT NULL,
    side         TEXT    NOT NULL,
    verdict      TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    person       TEXT,
    at           INTEGER NOT NULL,
    PRIMARY KEY (reception, rule, claim, side),
    FOREIGN KEY (reception, rule) REFERENCES claims_tally (reception, rule)
) WITHOUT ROWID;

-- Every word that was said, the present one included. Only ever appended.
CREATE TABLE claims_judgement_history (
    reception    TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    claim        INTEGER NOT NULL,
    side         TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    verdict      TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    person       TEXT,
    at           INTEGER NOT NULL,
    PRIMARY KEY (reception, claim, rule, side, sequence)
) WITHOUT ROWID;

-- What was received before: 受付月 is the month of its business time (JST).
INSERT INTO claims_tally (reception, rule, severity, recipient, month, editions, rule_list, fired, claims, cancelled)
SELECT u.reception, u.number, u.severity, r.recipient, strftime('%Y%m', r.business_at / 1000000 + 32400, 'unixepoch'), r.editions, r.rule_list, u.times,
    (SELECT COUNT(DISTINCT f.claim) FROM claims_finding f WHERE f.reception = u.reception AND f.rule = u.number),
    CASE r.state WHEN 'Cancelled' THEN (SELECT COUNT(DISTINCT f.claim) FROM claims_finding f WHERE f.reception = u.reception AND f.rule = u.number) ELSE 0 END
FROM claims_rule u JOIN claims_reception r ON r.number = u.reception;
UPDATE claims_tally SET
    stood = (SELECT COUNT(DISTINCT f.claim) FROM claims_finding f
        JOIN claims_reception r ON r.number = f.reception LEFT JOIN claims_claim c ON c.reception = f.reception AND c.ordinal = f.claim
        WHERE f.reception = claims_tally.reception AND f.rule = claims_tally.rule
        AND (f.claim = 0 OR c.state NOT IN ('Rejected', 'Dropped')) AND r.state NOT IN ('Received', 'Rejected', 'Checked', 'Cancelled')),
    resent = (SELECT COUNT(DISTINCT f.claim) FROM claims_finding f
        JOIN claims_claim n ON n.corrects = f.reception AND n.corrects_ordinal = f.claim AND n.state NOT IN ('Rejected', 'Dropped')
        WHERE f.reception = claims_tally.reception AND f.rule = claims_tally.rule);
