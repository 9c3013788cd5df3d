-- What one organisation has open at a time is counted when it opens another.
CREATE INDEX transmission_sender_open ON exchange.transmission (sender) WHERE state = 'Open';
