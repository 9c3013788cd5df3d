CREATE SCHEMA platform;

CREATE TABLE platform.outbox (
    sequence   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         UUID   NOT NULL UNIQUE,
    type       TEXT   NOT NULL,
    aggregate  TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    created    BIGINT NOT NULL,
    done       INT    NOT NULL DEFAULT 0
);
CREATE INDEX outbox_waiting ON platform.outbox (sequence) WHERE done = 0;

CREATE TABLE platform.inbox (
    event    UUID   NOT NULL,
    consumer TEXT   NOT NULL,
    handled  BIGINT NOT NULL,
    PRIMARY KEY (event, consumer)
);

CREATE TABLE platform.audit (
    id           UUID   PRIMARY KEY,
    at           BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    organisation UUID,
    person       UUID,
    device       UUID,
    subject      TEXT   NOT NULL,
    result       TEXT   NOT NULL,
    correlation  TEXT   NOT NULL,
    leaf         BYTEA  NOT NULL
);
CREATE INDEX audit_at ON platform.audit (at);

CREATE TABLE platform.setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
