-- Who made a version: a person at the page, or the software of a device. Null in versions made before this was kept.
ALTER TABLE eligibility.setting ADD COLUMN person UUID;
ALTER TABLE eligibility.setting ADD COLUMN device UUID;
