-- How each check fared on one reception: what it said, what people said of it, what happened anyway. Kept in the transaction of whatever changes it.
CREATE TABLE claims.tally (
    reception         TEXT    NOT NULL,
    rule              TEXT    NOT NULL,
    severity          TEXT    NOT NULL,
    recipient         UUID    NOT NULL,
    month             TEXT    NOT NULL,
    editions          TEXT    NOT NULL,
    rule_list         TEXT    NOT NULL,
    fired             INT NOT NULL,
    claims            INT NOT NULL,
    payer_right       INT NOT NULL DEFAULT 0,
    payer_wrong       INT NOT NULL DEFAULT 0,
    institution_right INT NOT NULL DEFAULT 0,
    institution_wrong INT NOT NULL DEFAULT 0,
    cancelled         INT NOT NULL DEFAULT 0,
    resent            INT NOT NULL DEFAULT 0,
    stood             INT NOT NULL DEFAULT 0,
    PRIMARY KEY (reception, rule),
    FOREIGN KEY (reception, rule) REFERENCES claims.rule (reception, number)
);
CREATE INDEX claims_tally_recipient ON claims.tally (recipient, month, rule, reception);
CREATE INDEX claims_tally_month ON claims.tally (month, rule, reception);
CREATE INDEX claims_finding_rule ON claims.finding (reception, rule, claim, sequence);

-- What each side says of a check's findings on a claim; claim 0 is the file.
CREATE TABLE claims.judgement (
    reception    TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    claim        INT NOT NULL,
    side         TEXT    NOT NULL,
    verdict      TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    organisation UUID    NOT NULL,
    person       UUID,
    at           BIGINT NOT NULL,
    PRIMARY KEY (reception, rule, claim, side),
    FOREIGN KEY (reception, rule) REFERENCES claims.tally (reception, rule)
);

-- Every word that was said, the present one included. Only ever appended.
CREATE TABLE claims.judgement_history (
    reception    TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    claim        INT NOT NULL,
    side         TEXT    NOT NULL,
    sequence     INT NOT NULL,
    verdict      TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    organisation UUID    NOT NULL,
    person       UUID,
    at           BIGINT NOT NULL,
    PRIMARY KEY (reception, claim, rule, side, sequence)
);

-- What was received before: 受付月 is the month of its business time (JST).
INSERT INTO claims.tally (reception, rule, severity, recipient, month, editions, rule_list, fired, claims, cancelled)
SELECT u.reception, u.number, u.severity, r.recipient, TO_CHAR(TO_TIMESTAMP(r.business_at / 1000000 + 32400) AT TIME ZONE 'UTC', 'YYYYMM'), r.editions, r.rule_list, u.times,
    (SELECT COUNT(DISTINCT f.claim) FROM claims.finding f WHERE f.reception = u.reception AND f.rule = u.number),
    CASE r.state WHEN 'Cancelled' THEN (SELECT COUNT(DISTINCT f.claim) FROM claims.finding f WHERE f.reception = u.reception AND f.rule = u.number) ELSE 0 END
FROM claims.rule u JOIN claims.reception r ON r.number = u.reception;
UPDATE claims.tally t SET
    stood = (SELECT COUNT(DISTINCT f.claim) FROM claims.finding f
        JOIN claims.reception r ON r.number = f.reception LEFT JOIN claims.claim c ON c.reception = f.reception AND c.ordinal = f.claim
        WHERE f.reception = t.reception AND f.rule = t.rule
        AND (f.claim = 0 OR c.state NOT IN ('Rejected', 'Dropped')) AND r.state NOT IN ('Received', 'Rejected', 'Checked', 'Cancelled')),
    resent = (SELECT COUNT(DISTINCT f.claim) FROM claims.finding f
        JOIN claims.claim n ON n.corrects = f.reception AND n.corrects_ordinal = f.claim AND n.state NOT IN ('Rejected', 'Dropped')
        WHERE f.reception = t.reception AND f.rule = t.rule);
