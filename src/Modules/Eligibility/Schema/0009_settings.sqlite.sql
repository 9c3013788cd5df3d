-- Who made a version: a person at the page, or the software of a device. Null in versions made before this was kept.
ALTER TABLE eligibility_setting ADD COLUMN person TEXT;
ALTER TABLE eligibility_setting ADD COLUMN device TEXT;
