ALTER TABLE platform.audit
    ADD COLUMN format        INT    NOT NULL DEFAULT 1, -- 2: the leaf commits to the record's digest
    ADD COLUMN session       UUID,
    ADD COLUMN governance    TEXT   NOT NULL DEFAULT '',
    ADD COLUMN business      TEXT   NOT NULL DEFAULT '',
    ADD COLUMN reason        TEXT   NOT NULL DEFAULT '',
    ADD COLUMN whose         TEXT,                      -- keyed hash
    ADD COLUMN sealed        BYTEA,                     -- AES-256-GCM
    ADD COLUMN sealed_sha256 TEXT   NOT NULL DEFAULT '',
    ADD COLUMN salt          BYTEA,
    ADD COLUMN due           BIGINT,                    -- when the details may be deleted, not before
    ADD COLUMN expired       BIGINT;                    -- when they were

-- The id is a UUID of time: its order is the order of the events.
DROP INDEX platform.audit_at;
CREATE INDEX audit_organisation ON platform.audit (organisation, id);
CREATE INDEX audit_kind ON platform.audit (kind, id);
CREATE INDEX audit_person ON platform.audit (person, id) WHERE person IS NOT NULL;
CREATE INDEX audit_whose ON platform.audit (whose, id) WHERE whose IS NOT NULL;

CREATE FUNCTION platform.audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.expired IS NULL AND OLD.due IS NOT NULL AND NEW.expired IS NOT NULL AND NEW.expired >= OLD.due AND NEW.due IS NULL
        AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.kind = OLD.kind AND NEW.leaf = OLD.leaf AND NEW.format = OLD.format AND NEW.salt IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit rows are never deleted, and their details only after their time';
END $$;
CREATE TRIGGER audit_guard BEFORE UPDATE OR DELETE ON platform.audit FOR EACH ROW EXECUTE FUNCTION platform.audit_guard();
CREATE TRIGGER audit_guard_truncate BEFORE TRUNCATE ON platform.audit FOR EACH STATEMENT EXECUTE FUNCTION platform.audit_guard();
