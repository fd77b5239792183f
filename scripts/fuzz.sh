#!/bin/bash
# Generated and broken calls against every operation of the API, as its own description says it is: no 5xx, no dropped
# connection, no answer that breaks the schema. EXAMPLES (about 500 a role by default) and SEED may be set.
set -eu
cd "$(dirname "$0")/.."
bin=${ANJU_BIN:-${CARGO_TARGET_DIR:-target}/debug/anju}
venv=${CARGO_TARGET_DIR:-target}/fuzz-venv
work=$(mktemp -d /tmp/anju-fuzz.XXXXXX)
seed=${SEED:-20260812}
per_role=${EXAMPLES:-500}

finish() { [ -z "${pid:-}" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT

if [ ! -x "$venv/bin/st" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5
fi

port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
url=http://127.0.0.1:$port
printf 'correct-horse-battery-staple-%s' "$seed" > "$work/password"
"$bin" init --company Fuzz --admin admin --password-file "$work/password" --data "$work/data"
"$bin" admin add-site --code GYHY --name 桂语花园 --data "$work/data"
roles="system_admin site_manager desk steward technician"
for role in $roles; do
    [ "$role" = system_admin ] && continue
    "$bin" admin add-staff --site GYHY --name "${role}-fuzz" --department CS --post "$role" --login "$role" --password-file "$work/password" --data "$work/data" >/dev/null
    "$bin" admin grant --login "$role" --role "$role" --site GYHY --data "$work/data" >/dev/null
done
"$bin" serve --data "$work/data" --listen "127.0.0.1:$port" --public-url "$url" --test-gateways > "$work/log" 2>&1 &
pid=$!
for _ in $(seq 100); do curl -fsS "$url/readyz" >/dev/null 2>&1 && break; sleep 0.1; done

operations=$("$bin" openapi | node -e 'const d=JSON.parse(require("fs").readFileSync(0));console.log(Object.values(d.paths).reduce((n,p)=>n+Object.keys(p).filter((m)=>["get","post","put","patch","delete"].includes(m)).length,0))')
each=$(( (per_role + operations - 1) / operations ))
echo "seed $seed: $operations operations, $each cases each, for each of: $roles"
failed=0
for role in $roles; do
    login=$role; [ "$role" = system_admin ] && login=admin
    token=$("$bin" admin token --login "$login" --days 1 --data "$work/data")
    echo "-- $role"
    "$venv/bin/st" run "$url/api/v1/openapi.json" --header "Authorization: Bearer $token" --phases fuzzing --max-examples "$each" \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
        --mode all --seed "$seed" --no-shrink --continue-on-failure --request-timeout 30 --warnings off \
        --suppress-health-check all > "$work/$role.txt" 2>&1 || { failed=1; tail -n 120 "$work/$role.txt"; }
    tail -n 3 "$work/$role.txt"
    kill -0 "$pid" || { echo "the server ended"; tail -n 40 "$work/log"; exit 1; }
done
exit $failed
