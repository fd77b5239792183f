#!/bin/sh
# Installs the packages of packages.txt that are missing, or those of them that are named, with apt-get, and says so. Nothing
# missing: nothing done.
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

wanted=" $* "
missing=
while read -r package needs; do
    case $package in ''|'#'*) continue ;; esac
    case $wanted in '  '|*" $package "*) ;; *) continue ;; esac
    # shellcheck disable=SC2086 # the needs are words on purpose
    present $needs || missing="$missing $package"
done < packages.txt

for tool in cargo node npm; do
    command -v $tool >/dev/null 2>&1 || { echo "$tool is missing: install Rust (https://rustup.rs) and Node 20 or newer (https://nodejs.org) first" >&2; exit 4; }
done
[ -n "$missing" ] || { [ $# -gt 0 ] || echo "nothing to install"; exit 0; }
command -v apt-get >/dev/null 2>&1 || { echo "please install, and run this again:$missing (Debian's names; there is no apt-get here)" >&2; exit 4; }
sudo=
if [ "$(id -u)" != 0 ]; then
    sudo=sudo
    command -v sudo >/dev/null 2>&1 || { echo "please run this as root, and then again as yourself: apt-get install$missing" >&2; exit 4; }
fi
echo "installing with ${sudo:+sudo }apt-get:$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
