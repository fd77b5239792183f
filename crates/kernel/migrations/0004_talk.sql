-- Notices to residents and the outbox of messages.
CREATE TABLE notices (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, kind {text} NOT NULL, title {text} NOT NULL, body {text} NOT NULL,
    audience {text} NOT NULL, outage {text}, starts {int} NOT NULL, planned_end {int}, ended {int}, published {int},
    by_party {id} NOT NULL, reachable {int} NOT NULL, made {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX notices_site ON notices (site, published, id);
CREATE INDEX notices_kind ON notices (site, kind, published, id);
CREATE TABLE notice_readers (
    notice {id} NOT NULL REFERENCES notices, party {id} NOT NULL REFERENCES parties, site {id} NOT NULL, read_at {int},
    PRIMARY KEY (notice, party)
) {strict};
CREATE INDEX notice_readers_party ON notice_readers (party, read_at);

CREATE TABLE messages (
    id {id} PRIMARY KEY, site {id}, party {id}, channel {text} NOT NULL, address {bytes}, subject {text} NOT NULL,
    body {bytes} NOT NULL, link {text}, weight {text} NOT NULL, made {int} NOT NULL, sent {int}, read_at {int}, attempts {int} NOT NULL,
    state {text} NOT NULL, error {text}, due {int} NOT NULL, ends {int}
) {strict};
CREATE INDEX messages_party ON messages (party, channel, made);
CREATE INDEX messages_due ON messages (state, due);
