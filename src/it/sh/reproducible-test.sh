#!/usr/bin/env bash
# Builds the release archive once more, from a clean copy in another directory, under another umask and in another time zone and
# language, and compares its bytes with those of the one in target/. Static analysis is left out, for time: it changes no bytes.
set -euo pipefail
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
first=$(echo target/callweave-*.tar.gz)
[ -f "$first" ] || { echo "reproducible: there is not one archive in target/; run mvn clean package"; exit 1; }

git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read -cf - | tar -xf - -C "$work"
(
    umask 027
    cd "$work"
    TZ=Pacific/Auckland LC_ALL=C mvn -B -ntp -q -P'!analysis' -Dmaven.test.skip=true -Dspotless.check.skip -Denforcer.skip -Djacoco.skip -pl src/tools -am package
)
second=$(echo "$work"/target/callweave-*.tar.gz)
sha256sum "$first" "$second"
if ! cmp "$first" "$second"; then
    echo "reproducible: the two archives differ in:"
    mkdir "$work/a" "$work/b"
    tar -xzf "$first" -C "$work/a"
    tar -xzf "$second" -C "$work/b"
    diff -rq "$work/a" "$work/b" | head -n 20 || true
    diff <(unzip -Z "$work"/a/*/callweave.jar) <(unzip -Z "$work"/b/*/callweave.jar) | head -n 20 || true
    diff <(tar -tvzf "$first") <(tar -tvzf "$second") | head -n 20 || true
    exit 1
fi
echo "reproducible: byte for byte the same"
