-- What the worker looks for, in its order; an index over two states serves neither question.
DROP INDEX claims_reception_waiting;
CREATE INDEX claims_reception_unchecked ON claims_reception (received_at, number) WHERE state = 'Received';
CREATE INDEX claims_reception_undecided ON claims_reception (month, business_at) WHERE state = 'Checked';
