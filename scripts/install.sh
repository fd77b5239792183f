#!/bin/sh
# Installs the packages of packages.txt that are missing, with apt-get, and says so. Nothing missing: nothing done.
set -eu
cd "$(dirname "$0")"

# Is what a line of the list names there? Words with a slash are files (with *), others are programs.
present() {
    for need in "$@"; do
        case $need in
        */*) found=no; for file in $need; do [ -e "$file" ] && found=yes; done; [ $found = yes ] || return 1 ;;
        *) command -v "$need" >/dev/null 2>&1 || return 1 ;;
        esac
    done
}

missing=
while read -r package needs; do
    case $package in ''|'#'*) continue ;; esac
    # shellcheck disable=SC2086 # the needs are words on purpose
    present $needs || missing="$missing $package"
done < packages.txt

for tool in cargo node npm; do
    command -v $tool >/dev/null 2>&1 || { echo "$tool is missing: install Rust (rustup) and Node 20 or newer first" >&2; exit 4; }
done
[ -n "$missing" ] || { echo "nothing to install"; exit 0; }
command -v apt-get >/dev/null 2>&1 || { echo "please install:$missing (no apt-get here)" >&2; exit 4; }
sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
echo "installing with apt-get:$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
