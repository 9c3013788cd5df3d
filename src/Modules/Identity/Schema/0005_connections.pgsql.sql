-- 接続: which provider and line an organisation comes by. Changed by a new row; an ended row stays.
CREATE TABLE identity.connection (
    id              UUID    PRIMARY KEY,
    organisation    UUID    NOT NULL REFERENCES identity.organisation (id),
    provider        TEXT    NOT NULL,
    line            TEXT    NOT NULL,
    ranges          TEXT    NOT NULL,       -- CIDR, separated by one space
    outside_answer  TEXT,                   -- day of the carrier's answer: access from outside is blocked (別表5)
    between_answer  TEXT,                   -- day of the carrier's answer: traffic between institutions is blocked (別表8)
    answer_until    TEXT,
    note            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    applied         BIGINT NOT NULL,
    applied_person  UUID,
    decided         BIGINT,
    decided_person  UUID,
    reason          TEXT    NOT NULL,
    changed         BIGINT NOT NULL
);
CREATE INDEX connection_changed ON identity.connection (changed);
CREATE INDEX connection_organisation ON identity.connection (organisation);
CREATE INDEX connection_state ON identity.connection (state);

-- 利用規約: versions and consents, never overwritten.
CREATE TABLE identity.terms (
    id        UUID    PRIMARY KEY,
    publisher UUID    NOT NULL REFERENCES identity.organisation (id),
    covers    TEXT    NOT NULL,
    version   TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    effective TEXT    NOT NULL,
    published BIGINT NOT NULL,
    person    UUID,
    changed   BIGINT NOT NULL,
    UNIQUE (publisher, covers, version)
);
CREATE INDEX terms_changed ON identity.terms (changed);

CREATE TABLE identity.consent (
    id           UUID    PRIMARY KEY,
    terms        UUID    NOT NULL REFERENCES identity.terms (id),
    organisation UUID    NOT NULL REFERENCES identity.organisation (id),
    at           BIGINT NOT NULL,
    person       UUID    NOT NULL,
    person_name  TEXT    NOT NULL,
    device       UUID,
    changed      BIGINT NOT NULL,
    UNIQUE (terms, organisation)
);
CREATE INDEX consent_changed ON identity.consent (changed);
CREATE INDEX consent_organisation ON identity.consent (organisation);
