#!/bin/sh
# Compares packages.txt with the programs that the scripts call: each line "command -v X" target, each word of the list of
# tools below found in a script, a test or a Rust file must belong to a package of the list. A machine that kept a program from
# yesterday hides a missing line; this does not.
set -eu
cd "$(dirname "$0")/.."
list=${1:-scripts/packages.txt}

# Programs that do not come with the smallest Debian (or with Rust and Node) and that our files may call.
tools="chromium curl git initdb pg_ctl pdffonts pdfimages pdfinfo pdftoppm pdftotext pkill ps psql python3 qpdf setpriv unshare nsenter mount zbarimg mosquitto"
files=$( { ls run test .ci/run; find scripts e2e/lib e2e/specs crates benches -name node_modules -prune -o \( -name '*.sh' -o -name '*.mjs' -o -name '*.py' -o -name '*.rs' \) -print; } 2>/dev/null | grep -v '^scripts/packages_test.sh$')

failed=0
for tool in $tools; do
    # shellcheck disable=SC2086
    callers=$(grep -lE "(^|[^a-z_/.-])((\"|'|\\\$bin/|/bin/)$tool(\"|'| |\$)|(^|[;&|(] *|exec |command -v |do |then )$tool( |\"|'|\$))" $files 2>/dev/null | head -3 | tr '\n' ' ') || true
    [ -n "$callers" ] || continue
    # pg_ctl and psql lie beside initdb in the same package
    case $tool in pg_ctl|psql) needed=initdb ;; *) needed=$tool ;; esac
    grep -vE '^#' "$list" | grep -qE "[ /]$needed( |\$)" || { echo "$tool is called by ${callers}but no package of $list brings it"; failed=1; }
done
exit $failed
