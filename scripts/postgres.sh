#!/bin/sh
# A PostgreSQL for tests: `postgres.sh start DIR` makes one in DIR (or in /dev/shm when there is room), without fsync, on a free
# port of 127.0.0.1 and a socket in its folder, and prints its URL; `postgres.sh stop DIR` ends and removes it.
# initdb refuses to run as root, so root hands it to the user "postgres", or to a user made for this.
set -eu

fail() { echo "postgres.sh: $*" >&2; exit 4; }
[ $# = 2 ] || { echo "usage: postgres.sh start|stop DIR" >&2; exit 2; }
command=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1)
[ -n "$bin" ] || fail "no PostgreSQL server installed (scripts/install.sh installs it)"

user=$(id -un)
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id postgres >/dev/null 2>&1 || { user=anju-test; id anju-test >/dev/null 2>&1 || useradd --system --no-create-home anju-test; }
fi
as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env -u LD_LIBRARY_PATH HOME="$home" "$@"; else "$@"; fi; }

# The data folder: memory when 1 GB of it is free, else beside DIR in /tmp, where the other user may enter.
place() {
    free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    if [ "${free:-0}" -gt 1000000 ] && [ -w /dev/shm ]; then mktemp -d /dev/shm/anju-pg.XXXXXX; else mktemp -d /tmp/anju-pg.XXXXXX; fi
}

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

start() {
    [ ! -e "$dir/home" ] || fail "one is running already for $dir (stop it first)"
    home=$(place)
    echo "$home" > "$dir/home"
    chown "$user" "$home"
    port=$(free_port)
    as_user "$bin/initdb" -D "$home/data" -U anju --auth=trust --encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; rm -rf "$home" "$dir/home"; fail "initdb failed"; }
    cat >> "$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$home'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 200
shared_buffers = 64MB
CONF
    as_user "$bin/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 start >/dev/null 2>"$dir/start.log" || { cat "$dir/start.log" "$home/log" >&2; rm -rf "$home" "$dir/home"; fail "the server did not start"; }
    as_user "$bin/psql" -h "$home" -p "$port" -U anju -d postgres -qc 'CREATE DATABASE anju_test' >/dev/null
    echo "postgres://anju@127.0.0.1:$port/anju_test"
}

stop() {
    [ -e "$dir/home" ] || exit 0
    home=$(cat "$dir/home")
    as_user "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home" "$dir/home" "$dir/initdb.log" "$dir/start.log"
}

case $command in start) start ;; stop) stop ;; *) echo "usage: postgres.sh start|stop DIR" >&2; exit 2 ;; esac
