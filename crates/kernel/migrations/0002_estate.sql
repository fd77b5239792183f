-- The place tree, who lives where, what people search by, and imports with what is needed to take them back.
CREATE TABLE places (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, parent {id} REFERENCES places, kind {text} NOT NULL,
    code {text} NOT NULL, key {text} NOT NULL, name {text} NOT NULL, building {id}, stair {id}, floor {int},
    position {int}, area {int}, inside_area {int}, use_kind {text}, delivered {text}, qr {text} NOT NULL UNIQUE,
    sort {int} NOT NULL, closed {text}, made {int} NOT NULL, version {int} NOT NULL, UNIQUE (site, key)
) {strict};
CREATE INDEX places_parent ON places (parent, sort);
CREATE INDEX places_building ON places (building, kind, sort);
CREATE INDEX places_stair ON places (stair, kind, sort);
CREATE INDEX places_sort ON places (site, sort, id);
CREATE INDEX places_kind ON places (site, kind, sort);

CREATE TABLE occupancies (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, place {id} NOT NULL REFERENCES places,
    party {id} NOT NULL REFERENCES parties, role {text} NOT NULL, from_day {text} NOT NULL, to_day {text},
    let_in_by {id}, made {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX occupancies_place ON occupancies (place, to_day);
CREATE INDEX occupancies_party ON occupancies (party, to_day);
CREATE INDEX occupancies_site ON occupancies (site, role);
CREATE UNIQUE INDEX occupancies_once ON occupancies (place, party, role, from_day);

-- A dozen a home: the key is the whole table, and nothing else is kept up. Who takes a term away knows what it was.
CREATE TABLE terms (
    site {id} NOT NULL, term {text} NOT NULL, kind {text} NOT NULL, subject {id} NOT NULL, weight {int} NOT NULL,
    PRIMARY KEY (site, kind, term, subject)
) {keyed};

CREATE TABLE imports (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, kind {text} NOT NULL, file_name {text} NOT NULL,
    file {text}, mapping {text} NOT NULL, state {text} NOT NULL, report {text} NOT NULL, undo {text}, by_party {id},
    made {int} NOT NULL, done {int}, undone {int}
) {strict};
CREATE INDEX imports_site ON imports (site, kind, made, id);
-- What a large import has written so far, or made: nobody can reach it before the import is done, and it is taken away when
-- that does not come about, or when the import is taken back.
CREATE TABLE import_parts (
    import {id} NOT NULL REFERENCES imports, attempt {id} NOT NULL, part {int} NOT NULL, what {text} NOT NULL,
    data {bytes} NOT NULL,
    PRIMARY KEY (import, attempt, part)
) {strict};
CREATE TABLE import_mappings (
    site {id} NOT NULL REFERENCES sites, kind {text} NOT NULL, header {text} NOT NULL, mapping {text} NOT NULL,
    PRIMARY KEY (site, kind, header)
) {strict};

CREATE TABLE bindings (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, place {id} NOT NULL REFERENCES places, party {id},
    kind {text} NOT NULL, code {bytes}, name {text}, phone {text}, role {text} NOT NULL, state {text} NOT NULL,
    tries {int} NOT NULL, made {int} NOT NULL, ends {int} NOT NULL, settled {int}, settled_by {id}, invited_by {id},
    last_day {text}
) {strict};
CREATE INDEX bindings_phone ON bindings (phone, kind, state);
CREATE INDEX bindings_site ON bindings (site, state, made);
CREATE INDEX bindings_settled ON bindings (site, settled);
CREATE INDEX bindings_place ON bindings (place, state);

CREATE TABLE codes (
    id {id} PRIMARY KEY, phone {bytes} NOT NULL, purpose {text} NOT NULL, browser {bytes} NOT NULL, code {bytes} NOT NULL,
    tries {int} NOT NULL, made {int} NOT NULL, ends {int} NOT NULL, used {int}, origin {text}, site {id} REFERENCES sites,
    sent {int} NOT NULL
) {strict};
CREATE INDEX codes_phone ON codes (phone, made);
CREATE INDEX codes_origin ON codes (origin, made);
CREATE INDEX codes_budget ON codes (site, sent, made);
