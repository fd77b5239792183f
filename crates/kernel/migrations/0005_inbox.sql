-- Who has not read what: the number on the bell of every page.
CREATE INDEX messages_unread ON messages (party, channel, read_at);
