-- Brought as an appointment: the plan asks about it. Who comes in without one is asked about at the desk.
ALTER TABLE eligibility.desk_visit ADD COLUMN booked INT NOT NULL DEFAULT 0;
UPDATE eligibility.desk_visit SET booked = 1;
