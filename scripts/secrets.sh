#!/bin/sh
# Looks for secrets in the files of the repository (or below the folder given): private keys, cloud and forge tokens, our own API
# tokens, passwords written into addresses. A line that must stay carries the words "not a secret". Prints what it found.
set -eu
cd "${1:-$(dirname "$0")/..}"

patterns='-----BEGIN ([A-Z]+ )?PRIVATE KEY-----
AKIA[0-9A-Z]{16}
gh[pousr]_[A-Za-z0-9]{36}
glpat-[A-Za-z0-9_-]{20}
xox[abpr]-[A-Za-z0-9-]{20}
sk-[A-Za-z0-9]{32}
anju_[A-Za-z0-9_-]{32}
LTAI[A-Za-z0-9]{16,20}
AKID[A-Za-z0-9]{32}
://[A-Za-z0-9._-]+:[^@/ $<{"'"'"']{6,}@'

files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1 && [ -z "${SECRETS_ALL:-}" ]; then git ls-files -co --exclude-standard -z; else find . -type f -not -path '*/node_modules/*' -print0; fi
}

found=$(files | xargs -0 -r grep -nIE -e "$(echo "$patterns" | paste -sd'|' -)" 2>/dev/null | grep -v 'not a secret' | grep -v '^\(\./\)\?scripts/secrets' || true)
[ -z "$found" ] && exit 0
echo "$found" | sed -E 's/^([^:]+:[0-9]+):.*/\1: looks like a secret/'
exit 1
