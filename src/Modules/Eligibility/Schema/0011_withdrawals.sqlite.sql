-- A claim read before it was withdrawn must not be taken for one read after: the fact leaves its mark on what is still to be read.
ALTER TABLE eligibility_medicine_work ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
