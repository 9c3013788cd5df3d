-- Brought as an appointment: the plan asks about it. Who comes in without one is asked about at the desk.
ALTER TABLE eligibility_desk_visit ADD COLUMN booked INTEGER NOT NULL DEFAULT 0;
UPDATE eligibility_desk_visit SET booked = 1;
