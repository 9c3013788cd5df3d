ALTER TABLE platform_audit ADD COLUMN format INTEGER NOT NULL DEFAULT 1; -- 2: the leaf commits to the record's digest
ALTER TABLE platform_audit ADD COLUMN session TEXT;
ALTER TABLE platform_audit ADD COLUMN governance TEXT NOT NULL DEFAULT '';
ALTER TABLE platform_audit ADD COLUMN business TEXT NOT NULL DEFAULT '';
ALTER TABLE platform_audit ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE platform_audit ADD COLUMN whose TEXT;         -- keyed hash
ALTER TABLE platform_audit ADD COLUMN sealed BLOB;        -- AES-256-GCM
ALTER TABLE platform_audit ADD COLUMN sealed_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE platform_audit ADD COLUMN salt BLOB;
ALTER TABLE platform_audit ADD COLUMN due INTEGER;        -- when the details may be deleted, not before
ALTER TABLE platform_audit ADD COLUMN expired INTEGER;    -- when they were

-- The id is a UUID of time: its order is the order of the events.
DROP INDEX platform_audit_at;
CREATE INDEX platform_audit_organisation ON platform_audit (organisation, id);
CREATE INDEX platform_audit_kind ON platform_audit (kind, id);
CREATE INDEX platform_audit_person ON platform_audit (person, id) WHERE person IS NOT NULL;
CREATE INDEX platform_audit_whose ON platform_audit (whose, id) WHERE whose IS NOT NULL;

CREATE TRIGGER platform_audit_stays BEFORE DELETE ON platform_audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
CREATE TRIGGER platform_audit_expires BEFORE UPDATE ON platform_audit
WHEN NOT (OLD.expired IS NULL AND OLD.due IS NOT NULL AND NEW.expired IS NOT NULL AND NEW.expired >= OLD.due AND NEW.due IS NULL
    AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.kind = OLD.kind AND NEW.leaf = OLD.leaf AND NEW.format = OLD.format AND NEW.salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'audit details may only be deleted after their time'); END;
