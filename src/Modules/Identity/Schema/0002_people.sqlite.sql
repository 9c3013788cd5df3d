-- A person is an account with a name; where they work, what they do there and what they were appointed to are dated rows beside it. Nothing of these is
-- ever overwritten: an end is written into a row once, a change is a new row.
ALTER TABLE identity_person RENAME TO identity_person_before;

CREATE TABLE identity_person (
    id       TEXT PRIMARY KEY,
    login    TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    password TEXT NOT NULL,
    ended    INTEGER
) WITHOUT ROWID;
INSERT INTO identity_person (id, login, name, password, ended) SELECT id, login, name, password, ended FROM identity_person_before;

CREATE TABLE identity_membership (
    id           TEXT    PRIMARY KEY,
    person       TEXT    NOT NULL REFERENCES identity_person (id),
    organisation TEXT    NOT NULL REFERENCES identity_organisation (id),
    since        INTEGER NOT NULL,
    until        INTEGER,
    reason       TEXT    NOT NULL DEFAULT '',
    added_by     TEXT,
    ended_by     TEXT
) WITHOUT ROWID;
CREATE INDEX identity_membership_person ON identity_membership (person);
CREATE INDEX identity_membership_organisation ON identity_membership (organisation);

-- 業務上の役割.
CREATE TABLE identity_membership_role (
    id         TEXT    PRIMARY KEY,
    membership TEXT    NOT NULL REFERENCES identity_membership (id),
    role       TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    until      INTEGER,
    given_by   TEXT,
    taken_by   TEXT
) WITHOUT ROWID;
CREATE INDEX identity_membership_role_membership ON identity_membership_role (membership);

-- 役職 (理事長、医院長、事務長): what ex officio roles (充て職) follow from.
CREATE TABLE identity_post (
    id         TEXT    PRIMARY KEY,
    membership TEXT    NOT NULL REFERENCES identity_membership (id),
    title      TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    until      INTEGER,
    given_by   TEXT,
    taken_by   TEXT
) WITHOUT ROWID;
CREATE INDEX identity_post_membership ON identity_post (membership);

-- 任命 (指名). Who appointed is a person or a post: one of the two is always there.
CREATE TABLE identity_appointment (
    id                TEXT    PRIMARY KEY,
    organisation      TEXT    NOT NULL REFERENCES identity_organisation (id),
    membership        TEXT    NOT NULL REFERENCES identity_membership (id),
    person            TEXT    NOT NULL REFERENCES identity_person (id),
    role              TEXT    NOT NULL,
    scope             TEXT    NOT NULL,
    since             INTEGER NOT NULL,
    until             INTEGER,
    reason            TEXT    NOT NULL DEFAULT '',
    appointed_by      TEXT,
    appointed_by_post TEXT    NOT NULL DEFAULT '',
    ended_by          TEXT,
    recorded          INTEGER NOT NULL,
    CHECK (appointed_by IS NOT NULL OR appointed_by_post <> '')
) WITHOUT ROWID;
CREATE INDEX identity_appointment_organisation ON identity_appointment (organisation, role);
CREATE INDEX identity_appointment_membership ON identity_appointment (membership);

-- 規程の採用: the latest with since <= now is the one in force.
CREATE TABLE identity_regulation (
    id                 TEXT    PRIMARY KEY,
    organisation       TEXT    NOT NULL REFERENCES identity_organisation (id),
    template           TEXT    NOT NULL,
    since              INTEGER NOT NULL,
    head_post          TEXT    NOT NULL,
    administrator_post TEXT    NOT NULL,
    manager_post       TEXT    NOT NULL,
    combining          TEXT    NOT NULL,
    password_policy    TEXT    NOT NULL,
    adopted_by         TEXT,
    recorded           INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_regulation_organisation ON identity_regulation (organisation, since);

-- 代行: who carries which acts for whom. 医療機関の請求の事務代行 is the claims registry's, not here.
CREATE TABLE identity_agency (
    id          TEXT    PRIMARY KEY,
    agent       TEXT    NOT NULL REFERENCES identity_organisation (id),
    principal   TEXT    NOT NULL REFERENCES identity_organisation (id),
    act         TEXT    NOT NULL,
    since       INTEGER NOT NULL,
    until       INTEGER,
    basis       TEXT    NOT NULL,
    reason      TEXT    NOT NULL DEFAULT '',
    recorded_by TEXT,
    ended_by    TEXT
) WITHOUT ROWID;
CREATE INDEX identity_agency_agent ON identity_agency (agent);
CREATE INDEX identity_agency_principal ON identity_agency (principal);

-- A right over one's own administration that waits for a second person (四眼).
CREATE TABLE identity_proposal (
    id           TEXT    PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES identity_organisation (id),
    kind         TEXT    NOT NULL,
    person       TEXT    NOT NULL REFERENCES identity_person (id),
    content      TEXT    NOT NULL,
    proposed_by  TEXT    NOT NULL,
    proposed     INTEGER NOT NULL,
    decided_by   TEXT,
    decided      INTEGER,
    outcome      TEXT
) WITHOUT ROWID;
CREATE INDEX identity_proposal_organisation ON identity_proposal (organisation, decided);

-- Who was there before: each belonged to one organisation with one role. A system administrator was appointed by whoever ran the command.
INSERT INTO identity_membership (id, person, organisation, since, until)
SELECT id, id, organisation, CAST(strftime('%s', 'now') AS INTEGER) * 1000000, ended FROM identity_person_before;
INSERT INTO identity_membership_role (id, membership, role, since)
SELECT id, id, role, CAST(strftime('%s', 'now') AS INTEGER) * 1000000 FROM identity_person_before WHERE role <> 'SystemAdministrator';
INSERT INTO identity_appointment (id, organisation, membership, person, role, scope, since, until, appointed_by_post, recorded)
SELECT id, organisation, id, id, CASE WHEN role = 'SystemAdministrator' THEN 'SystemAdministrator' ELSE 'User' END, 'All',
    CAST(strftime('%s', 'now') AS INTEGER) * 1000000, ended, '移行前の登録', CAST(strftime('%s', 'now') AS INTEGER) * 1000000
FROM identity_person_before;
DROP TABLE identity_person_before;
