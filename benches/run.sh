#!/bin/bash
# Measures a goal beside its limit program: benches/run.sh p01|p03|p06|p07|p12|p13|p14|all [--red sleep|index|nosync|slow] [--orders N] …
# Exit 0: every bar met; 1: one is not; 2: it could not be measured. See docs/performance.md.
set -eu
cd "$(dirname "$0")/.."
folder=${ANJU_BENCHES:-/tmp/anju-benches}
mkdir -p "$folder"
nice -n 5 cargo build --quiet --release -p app -p benches
nice -n 5 cargo build --quiet --release --manifest-path benches/limits/Cargo.toml
for shim in count nosync slow; do
    cc -shared -fPIC -O2 -D"${shim^^}" -o "$folder/$shim.so" benches/shims.c -ldl
done
exec target/release/measure --folder "$folder" "$@"
