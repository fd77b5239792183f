-- Orders with legs, their thread, and the promises that hang on them; evidence.
CREATE TABLE categories (
    site {id} NOT NULL REFERENCES sites, code {text} NOT NULL, parent {text}, kinds {text} NOT NULL, zh {text} NOT NULL,
    en {text} NOT NULL, urgency {text} NOT NULL, department {text} NOT NULL, urgent_list {int} NOT NULL, certificate {text}, trade {text},
    spot {text} NOT NULL, demands {text} NOT NULL, front {int}, icon {text}, hint_zh {text}, hint_en {text},
    leaf {int} NOT NULL, sort {int} NOT NULL, closed {int} NOT NULL, version {int} NOT NULL, saved {int} NOT NULL,
    saved_by {id} REFERENCES parties, PRIMARY KEY (site, code)
) {strict};

CREATE TABLE policies (
    site {id} NOT NULL REFERENCES sites, kind {text} NOT NULL, from_day {text} NOT NULL, data {text} NOT NULL,
    made {int} NOT NULL, PRIMARY KEY (site, kind, from_day)
) {strict};

CREATE TABLE orders (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, number {text} NOT NULL, kind {text} NOT NULL,
    category {text} NOT NULL, urgency {text} NOT NULL, channel {text} NOT NULL, state {text} NOT NULL, open {int} NOT NULL,
    own {text} NOT NULL, place {id} REFERENCES places, building {id}, stair {id}, riser {text}, title {text} NOT NULL,
    body {text} NOT NULL, reporter {id} REFERENCES parties, reporter_name {text}, reporter_phone {text}, entry_note {text},
    department {text} NOT NULL, assignee {id} REFERENCES parties, merged_into {id}, complex {int} NOT NULL,
    round {int} NOT NULL, began {int} NOT NULL, next_due {int} NOT NULL, next_soon {int} NOT NULL, verdict_due {int},
    reported {int} NOT NULL, accepted {int}, replied {int}, answered {int}, completed {int}, verdict {int}, followed_up {int},
    closed {int}, close_reason {text}, stars {int}, satisfied {int}, verdict_by {text}, verdict_words {text},
    chased {int} NOT NULL, outage {id}, made_by {id}, touched {int} NOT NULL, version {int} NOT NULL, UNIQUE (site, number)
) {strict};
CREATE INDEX orders_urgent ON orders (site, open, next_due, id);
CREATE INDEX orders_due ON orders (site, next_due, id);
CREATE INDEX orders_recent ON orders (site, reported, id);
CREATE INDEX orders_state ON orders (site, state, next_due, id);
CREATE INDEX orders_assignee ON orders (assignee, open, next_due);
CREATE INDEX orders_reporter ON orders (reporter, reported);
CREATE INDEX orders_place ON orders (place, reported);
CREATE INDEX orders_building ON orders (building, open, next_due);
CREATE INDEX orders_outage ON orders (outage);
CREATE INDEX orders_verdict ON orders (verdict_due);
CREATE INDEX orders_category ON orders (site, category, reported);

CREATE TABLE legs (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, order_id {id} NOT NULL REFERENCES orders, round {int} NOT NULL,
    department {text} NOT NULL, outside {text}, assignee {id} REFERENCES parties, state {text} NOT NULL, at {int},
    reason {text}, begun {int} NOT NULL, why {text}, assigned {int}, taken {int}, arrived {int}, completed {int},
    result {text}, sort {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX legs_order ON legs (order_id, sort);
CREATE INDEX legs_assignee ON legs (assignee, state);

CREATE TABLE reporters (
    order_id {id} NOT NULL REFERENCES orders, site {id} NOT NULL, sort {int} NOT NULL, party {id}, name {text},
    phone {text}, place {id}, number {text}, stars {int}, at {int} NOT NULL, left_at {int},
    PRIMARY KEY (order_id, sort)
) {strict};
CREATE INDEX reporters_party ON reporters (party);

CREATE TABLE thread (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, order_id {id} NOT NULL REFERENCES orders, at {int} NOT NULL,
    device_at {int}, actor {id}, actor_name {text} NOT NULL, actor_role {text} NOT NULL, act {text} NOT NULL,
    visible {int} NOT NULL, body {text}, data {text} NOT NULL, seq {int} NOT NULL DEFAULT 0
) {strict};
CREATE INDEX thread_order ON thread (order_id, at, seq, id);

CREATE TABLE promises (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, name {text} NOT NULL, rule {text} NOT NULL,
    leg {id} REFERENCES legs, order_id {id} NOT NULL REFERENCES orders, round {int} NOT NULL, department {text} NOT NULL,
    post {text}, person {id}, opens {int} NOT NULL, promised_due {int} NOT NULL, due {int} NOT NULL, span {int} NOT NULL,
    gone_at {int}, pausable {text} NOT NULL, pauses {text} NOT NULL, fulfilled_at {int}, excuse {text}, ended {text},
    outcome {text} NOT NULL, settled_at {int}, fulfilled_by {id}, next_step {int}, step {int} NOT NULL,
    provisional {int} NOT NULL, version {int} NOT NULL
) {strict};
CREATE INDEX promises_order ON promises (order_id, round, opens);
CREATE INDEX promises_step ON promises (next_step);
CREATE INDEX promises_settled ON promises (site, settled_at);

CREATE TABLE evidence (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, subject {id}, kind {text} NOT NULL,
    file {text} NOT NULL REFERENCES files, thumbnail {text} NOT NULL REFERENCES files, at {int} NOT NULL, device_at {int},
    place {id}, latitude {int}, longitude {int}, by_party {id}, note {text}, visible {int} NOT NULL, operation {text}
) {strict};
CREATE INDEX evidence_subject ON evidence (subject, at);

CREATE TABLE operations (
    id {id} PRIMARY KEY, party {id} NOT NULL REFERENCES parties, device {text} NOT NULL, seq {int} NOT NULL,
    device_time {int} NOT NULL, verb {text} NOT NULL, subject {id}, body {bytes} NOT NULL, outcome {text} NOT NULL,
    answer {text} NOT NULL, at {int} NOT NULL, UNIQUE (party, device, seq)
) {strict};

CREATE TABLE device_tokens (
    id {id} PRIMARY KEY, token {bytes} NOT NULL UNIQUE, party {id} NOT NULL REFERENCES parties, device {text} NOT NULL,
    made {int} NOT NULL, ends {int} NOT NULL
) {strict};
CREATE INDEX device_tokens_party ON device_tokens (party, ends);

CREATE TABLE saved_views (
    id {id} PRIMARY KEY, site {id} NOT NULL REFERENCES sites, party {id}, list {text} NOT NULL, name {text} NOT NULL,
    query {text} NOT NULL, sort {int} NOT NULL, made {int} NOT NULL
) {strict};
CREATE INDEX saved_views_list ON saved_views (site, list, party);
