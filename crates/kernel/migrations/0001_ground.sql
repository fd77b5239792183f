-- Company, sites, organisation, people, access, audit, facts and jobs: the ground everything stands on.
CREATE TABLE settings (name {text} PRIMARY KEY, value {text} NOT NULL) {strict};

CREATE TABLE sites (
    id {id} PRIMARY KEY, code {text} NOT NULL UNIQUE, name {text} NOT NULL, zone {text} NOT NULL,
    building_word {text} NOT NULL, phone {text}, made {int} NOT NULL, version {int} NOT NULL
) {strict};

CREATE TABLE departments (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, code {text} NOT NULL, name {text} NOT NULL,
    sort {int} NOT NULL, UNIQUE (site, code)
) {strict};

CREATE TABLE posts (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, department {id} NOT NULL REFERENCES departments,
    name {text} NOT NULL, UNIQUE (site, department, name)
) {strict};

CREATE TABLE parties (
    id {id} PRIMARY KEY, kind {text} NOT NULL, name {text} NOT NULL, identity_sealed {bytes}, identity_index {bytes},
    note {text}, made {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX parties_identity ON parties (identity_index);

CREATE TABLE phones (
    party {id} NOT NULL REFERENCES parties, phone {text} NOT NULL, rank {int} NOT NULL, PRIMARY KEY (party, phone)
) {strict};
CREATE INDEX phones_phone ON phones (phone, party);

CREATE TABLE accounts (
    party {id} PRIMARY KEY REFERENCES parties, login {text} UNIQUE, phone {text} UNIQUE, password {text},
    setup {bytes} UNIQUE, setup_ends {int}, totp {bytes}, totp_on {int} NOT NULL, totp_step {int} NOT NULL,
    recovery {text}, disabled {int} NOT NULL, pin {text}, made {int} NOT NULL, version {int} NOT NULL
) {strict};

CREATE TABLE attempts (
    subject {bytes} PRIMARY KEY, tries {int} NOT NULL, since {int} NOT NULL, opens {int} NOT NULL
) {strict};

CREATE TABLE sessions (
    id {id} PRIMARY KEY, token {bytes} NOT NULL UNIQUE, party {id} NOT NULL REFERENCES parties, face {text} NOT NULL,
    made {int} NOT NULL, seen {int} NOT NULL, ends {int} NOT NULL, idle {int} NOT NULL, device {text} NOT NULL,
    second_factor {int} NOT NULL, ended {int}
) {strict};
CREATE INDEX sessions_party ON sessions (party, ended);

CREATE TABLE tokens (
    id {id} PRIMARY KEY, token {bytes} NOT NULL UNIQUE, party {id} NOT NULL REFERENCES parties, name {text} NOT NULL,
    rights {text} NOT NULL, made {int} NOT NULL, ends {int} NOT NULL, ended {int}
) {strict};
CREATE INDEX tokens_party ON tokens (party);

CREATE TABLE staff (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, party {id} NOT NULL REFERENCES parties,
    department {id} NOT NULL REFERENCES departments, post {id} REFERENCES posts, number {text},
    from_day {text} NOT NULL, to_day {text}, made {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX staff_site ON staff (site, department);
CREATE INDEX staff_party ON staff (party);

CREATE TABLE grants (
    id {id} PRIMARY KEY, party {id} NOT NULL REFERENCES parties, role {text} NOT NULL, site {id} REFERENCES sites,
    department {text}, from_day {text} NOT NULL, to_day {text}, made {int} NOT NULL
) {strict};
CREATE INDEX grants_party ON grants (party);
CREATE INDEX grants_site ON grants (site, role);

CREATE TABLE steward_homes (
    site {id} NOT NULL REFERENCES sites, party {id} NOT NULL REFERENCES parties, place {id} NOT NULL,
    from_day {text} NOT NULL, to_day {text}, PRIMARY KEY (site, party, place, from_day)
) {strict};

CREATE TABLE certificates (
    id {id} PRIMARY KEY, party {id} NOT NULL REFERENCES parties, kind {text} NOT NULL, trade {text}, number {text} NOT NULL,
    issued {text}, valid_until {text}, review_due {text}, made {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX certificates_party ON certificates (party, kind);

CREATE TABLE audit_heads (chain {text} PRIMARY KEY, seq {int} NOT NULL, mac {bytes} NOT NULL) {strict};
CREATE TABLE audit (
    chain {text} NOT NULL, seq {int} NOT NULL, at {int} NOT NULL, actor {text} NOT NULL, session {text},
    origin {text}, act {text} NOT NULL, subject {text} NOT NULL, before {text}, after {text}, mac {bytes} NOT NULL,
    PRIMARY KEY (chain, seq)
) {strict};
CREATE INDEX audit_subject ON audit (subject, at);

CREATE TABLE facts (
    id {id} PRIMARY KEY, site {id}, kind {text} NOT NULL, subject {id} NOT NULL, data {text} NOT NULL, cause {id},
    depth {int} NOT NULL, at {int} NOT NULL
) {strict};

CREATE TABLE jobs (
    id {id} PRIMARY KEY, site {id}, fact {id} REFERENCES facts, reaction {text} NOT NULL, data {text} NOT NULL,
    due {int} NOT NULL, attempts {int} NOT NULL, state {text} NOT NULL, error {text}, made {int} NOT NULL, ended {int},
    UNIQUE (fact, reaction)
) {strict};
CREATE INDEX jobs_due ON jobs (state, due, id);

CREATE TABLE answered (
    party {id} NOT NULL, route {text} NOT NULL, key {text} NOT NULL, body {bytes} NOT NULL, status {int} NOT NULL,
    answer {text} NOT NULL, at {int} NOT NULL, PRIMARY KEY (party, route, key)
) {strict};
CREATE INDEX answered_at ON answered (at);

CREATE TABLE numbers (
    site {id} NOT NULL REFERENCES sites, kind {text} NOT NULL, day {text} NOT NULL, last {int} NOT NULL,
    PRIMARY KEY (site, kind, day)
) {strict};

CREATE TABLE calendars (year {int} PRIMARY KEY, data {text} NOT NULL) {strict};

CREATE TABLE files (
    hash {text} PRIMARY KEY, kind {text} NOT NULL, size {int} NOT NULL, width {int}, height {int}, made {int} NOT NULL
) {strict};

{sqlite:
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never edited'); END
:}
{sqlite:
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END
:}
{postgres:
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit rows are never edited'; END $$
:}
{postgres:
CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()
:}
