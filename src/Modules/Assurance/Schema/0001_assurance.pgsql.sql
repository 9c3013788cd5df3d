CREATE SCHEMA assurance;

CREATE TABLE assurance.protection (
    id     UUID   PRIMARY KEY,
    since  BIGINT NOT NULL,
    ground TEXT   NOT NULL,
    ended  BIGINT,
    sealed BYTEA  NOT NULL  -- whom, so that their hashes can be made again under a new key
);

CREATE TABLE assurance.protected_hash (
    hash       TEXT NOT NULL,
    protection UUID NOT NULL,
    PRIMARY KEY (hash, protection)
);

CREATE TABLE assurance.retention (
    kind TEXT PRIMARY KEY,
    past UUID NOT NULL      -- the last event of the kind whose details were deleted
);
