-- What one organisation has open at a time is counted when it opens another.
CREATE INDEX exchange_transmission_sender_open ON exchange_transmission (sender) WHERE state = 'Open';
