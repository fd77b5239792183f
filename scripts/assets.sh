#!/bin/sh
# Builds what the programs embed from npm packages: the browser files, and what the paper crate needs (its font).
# Packages are installed only when the lock file is newer than what is there.
set -eu
cd "$(dirname "$0")/.."

install() {
    [ -e "$1/package-lock.json" ] || return 0
    if [ ! -e "$1/node_modules/.package-lock.json" ] || ! cmp -s "$1/package-lock.json" "$1/node_modules/.locked"; then
        echo "npm ci in $1"
        (cd "$1" && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.locked)
    fi
}

for crate in crates/web-assets crates/paper; do
    install $crate
    if [ -e $crate/build.mjs ]; then (cd $crate && node build.mjs); fi
done
if [ "${1:-}" = e2e ]; then install e2e; fi
