#!/bin/sh
# The secret scan must find a planted key of each kind and stay quiet on ordinary text: a scan that never failed proves nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

scan() { SECRETS_ALL=1 "$here/secrets.sh" "$folder" >/dev/null; }

echo 'fn main() { println!("hello"); } // https://example.org/path, user@example.org' > "$folder/clean.rs"
scan || { echo "the scan found a secret in ordinary text"; exit 1; }

plant() {
    printf '%s\n' "$2" > "$folder/planted.txt"
    if scan; then echo "the scan missed a planted $1"; exit 1; fi
    rm "$folder/planted.txt"
}
letters=$(printf 'a%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36)
plant "private key" "-----BEGIN RSA PRIVATE"" KEY-----"
plant "cloud key" "AKIA""ABCDEFGHIJKLMNOP"
plant "forge token" "ghp_$letters"
plant "token of ours" "anju_$letters"
plant "password in an address" "postgres://anju:""s3cretpass@db.example/anju"
