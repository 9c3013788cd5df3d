-- What the worker looks for, in its order; an index over two states serves neither question.
DROP INDEX claims.claims_reception_waiting;
CREATE INDEX claims_reception_unchecked ON claims.reception (received_at, number) WHERE state = 'Received';
CREATE INDEX claims_reception_undecided ON claims.reception (month, business_at) WHERE state = 'Checked';
