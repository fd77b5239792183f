#!/bin/bash
# kill -9 at any moment, KILLS times an engine (50 by default, 1,000 on request): nothing acknowledged is lost, nothing is
# there twice. PostgreSQL too when TEST_DB names a server.
set -eu
cd "$(dirname "$0")/.."
export KILLS=${KILLS:-50}
server=${TEST_DB:-}
TEST_DB='' cargo test --quiet -p app --test program kill -- --nocapture
[ -z "$server" ] || TEST_DB=$server cargo test --quiet -p app --test program kill -- --nocapture
