CREATE TABLE assurance_protection (
    id     TEXT    PRIMARY KEY,
    since  INTEGER NOT NULL,
    ground TEXT    NOT NULL,
    ended  INTEGER,
    sealed BLOB    NOT NULL  -- whom, so that their hashes can be made again under a new key
) WITHOUT ROWID;

CREATE TABLE assurance_protected_hash (
    hash       TEXT NOT NULL,
    protection TEXT NOT NULL,
    PRIMARY KEY (hash, protection)
) WITHOUT ROWID;

CREATE TABLE assurance_retention (
    kind TEXT PRIMARY KEY,
    past TEXT NOT NULL       -- the last event of the kind whose details were deleted
) WITHOUT ROWID;
