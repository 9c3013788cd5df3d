-- A person is an account with a name; where they work, what they do there and what they were appointed to are dated rows beside it. Nothing of these is
-- ever overwritten: an end is written into a row once, a change is a new row.
ALTER TABLE identity.person RENAME TO person_before;
ALTER TABLE identity.person_before RENAME CONSTRAINT person_pkey TO person_before_pkey;
ALTER TABLE identity.person_before RENAME CONSTRAINT person_login_key TO person_before_login_key;

CREATE TABLE identity.person (
    id       UUID PRIMARY KEY,
    login    TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    password TEXT NOT NULL,
    ended    BIGINT
);
INSERT INTO identity.person (id, login, name, password, ended) SELECT id, login, name, password, ended FROM identity.person_before;

CREATE TABLE identity.membership (
    id           UUID    PRIMARY KEY,
    person       UUID    NOT NULL REFERENCES identity.person (id),
    organisation UUID    NOT NULL REFERENCES identity.organisation (id),
    since        BIGINT  NOT NULL,
    until        BIGINT,
    reason       TEXT    NOT NULL DEFAULT '',
    added_by     UUID,
    ended_by     UUID
);
CREATE INDEX membership_person ON identity.membership (person);
CREATE INDEX membership_organisation ON identity.membership (organisation);

-- 業務上の役割.
CREATE TABLE identity.membership_role (
    id         UUID    PRIMARY KEY,
    membership UUID    NOT NULL REFERENCES identity.membership (id),
    role       TEXT    NOT NULL,
    since      BIGINT  NOT NULL,
    until      BIGINT,
    given_by   UUID,
    taken_by   UUID
);
CREATE INDEX membership_role_membership ON identity.membership_role (membership);

-- 役職 (理事長、医院長、事務長): what ex officio roles (充て職) follow from.
CREATE TABLE identity.post (
    id         UUID    PRIMARY KEY,
    membership UUID    NOT NULL REFERENCES identity.membership (id),
    title      TEXT    NOT NULL,
    since      BIGINT  NOT NULL,
    until      BIGINT,
    given_by   UUID,
    taken_by   UUID
);
CREATE INDEX post_membership ON identity.post (membership);

-- 任命 (指名). Who appointed is a person or a post: one of the two is always there.
CREATE TABLE identity.appointment (
    id                UUID    PRIMARY KEY,
    organisation      UUID    NOT NULL REFERENCES identity.organisation (id),
    membership        UUID    NOT NULL REFERENCES identity.membership (id),
    person            UUID    NOT NULL REFERENCES identity.person (id),
    role              TEXT    NOT NULL,
    scope             TEXT    NOT NULL,
    since             BIGINT  NOT NULL,
    until             BIGINT,
    reason            TEXT    NOT NULL DEFAULT '',
    appointed_by      UUID,
    appointed_by_post TEXT    NOT NULL DEFAULT '',
    ended_by          UUID,
    recorded          BIGINT  NOT NULL,
    CHECK (appointed_by IS NOT NULL OR appointed_by_post <> '')
);
CREATE INDEX appointment_organisation ON identity.appointment (organisation, role);
CREATE INDEX appointment_membership ON identity.appointment (membership);

-- 規程の採用: the latest with since <= now is the one in force.
CREATE TABLE identity.regulation (
    id                 UUID    PRIMARY KEY,
    organisation       UUID    NOT NULL REFERENCES identity.organisation (id),
    template           TEXT    NOT NULL,
    since              BIGINT  NOT NULL,
    head_post          TEXT    NOT NULL,
    administrator_post TEXT    NOT NULL,
    manager_post       TEXT    NOT NULL,
    combining          TEXT    NOT NULL,
    password_policy    TEXT    NOT NULL,
    adopted_by         UUID,
    recorded           BIGINT  NOT NULL
);
CREATE INDEX regulation_organisation ON identity.regulation (organisation, since);

-- 代行: who carries which acts for whom. 医療機関の請求の事務代行 is the claims registry's, not here.
CREATE TABLE identity.agency (
    id          UUID    PRIMARY KEY,
    agent       UUID    NOT NULL REFERENCES identity.organisation (id),
    principal   UUID    NOT NULL REFERENCES identity.organisation (id),
    act         TEXT    NOT NULL,
    since       BIGINT  NOT NULL,
    until       BIGINT,
    basis       TEXT    NOT NULL,
    reason      TEXT    NOT NULL DEFAULT '',
    recorded_by UUID,
    ended_by    UUID
);
CREATE INDEX agency_agent ON identity.agency (agent);
CREATE INDEX agency_principal ON identity.agency (principal);

-- A right over one's own administration that waits for a second person (四眼).
CREATE TABLE identity.proposal (
    id           UUID    PRIMARY KEY,
    organisation UUID    NOT NULL REFERENCES identity.organisation (id),
    kind         TEXT    NOT NULL,
    person       UUID    NOT NULL REFERENCES identity.person (id),
    content      TEXT    NOT NULL,
    proposed_by  UUID    NOT NULL,
    proposed     BIGINT  NOT NULL,
    decided_by   UUID,
    decided      BIGINT,
    outcome      TEXT
);
CREATE INDEX proposal_organisation ON identity.proposal (organisation, decided);

-- Who was there before: each belonged to one organisation with one role. A system administrator was appointed by whoever ran the command.
INSERT INTO identity.membership (id, person, organisation, since, until)
SELECT id, id, organisation, (EXTRACT(EPOCH FROM now()) * 1000000)::bigint, ended FROM identity.person_before;
INSERT INTO identity.membership_role (id, membership, role, since)
SELECT id, id, role, (EXTRACT(EPOCH FROM now()) * 1000000)::bigint FROM identity.person_before WHERE role <> 'SystemAdministrator';
INSERT INTO identity.appointment (id, organisation, membership, person, role, scope, since, until, appointed_by_post, recorded)
SELECT id, organisation, id, id, CASE WHEN role = 'SystemAdministrator' THEN 'SystemAdministrator' ELSE 'User' END, 'All',
    (EXTRACT(EPOCH FROM now()) * 1000000)::bigint, ended, '移行前の登録', (EXTRACT(EPOCH FROM now()) * 1000000)::bigint
FROM identity.person_before;
DROP TABLE identity.person_before;
