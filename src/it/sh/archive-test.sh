#!/usr/bin/env bash
# Tests the release archive in target/: unpacked elsewhere, with a Java runtime of base modules and nothing of the build around it.
set -uo pipefail

project=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=checks.sh
. "$project/src/it/sh/checks.sh"

archives=("$project"/target/callweave-*.tar.gz)
if [ ! -f "${archives[0]}" ] || [ "${#archives[@]}" -ne 1 ]; then
    echo "archive: there is not one archive in target/; run mvn clean package"
    exit 1
fi
tar -xzf "${archives[0]}" -C "$work" || exit 1
home=$(echo "$work"/callweave-*/)
home=${home%/}

# A runtime without a compiler, made of this machine's JDK.
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
"$jdk/bin/jlink" --output "$work/jre" --no-header-files --no-man-pages \
    --add-modules java.instrument,java.management.rmi,java.naming,java.net.http,java.security.sasl,java.sql,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs || exit 1
check "the runtime has no compiler" test ! -e "$work/jre/bin/javac"

# No Maven, and no Java but that runtime.
tools=$work/tools
mkdir -p "$tools" "$work/here" "$work/home"
for tool in sh dirname readlink sed uname; do
    ln -s "$(command -v "$tool")" "$tools/$tool"
done
launch() {
    status=0
    (cd "$work/here" && env -i HOME="$work/home" PATH="$tools" JAVA_HOME="$work/jre" "$home/callweave" "$@") >"$work/out" 2>"$work/err" || status=$?
}

version=$(basename "$home")
launch --version
check "--version" grep -qx "callweave ${version#callweave-}" "$work/out"
check "--version: nothing on stderr" test ! -s "$work/err"
launch run "$home"/samples/csn-*.ndjson
check "run on the samples: exit status 0" status_is 0
check "run on the samples: three records" lines_are 3
check "run on the samples: counts them" grep -qF "29 lines, 3 call records; 0 skipped, 0 bad." "$work/err"
launch assemble "$home"/samples/csn-*.ndjson
check "assemble on the samples: three records" lines_are 3
launch config --bootstrap-servers=localhost:1
check "state lies in the home directory" grep -Eq "^state.dir +$work/home/.local/state/callweave/state " "$work/out"
check "the spool lies in the home directory" grep -Eq "^bridge.spool.dir +$work/home/.local/state/callweave/spool " "$work/out"
check "nothing in the working directory" test -z "$(ls -A "$work/here")"
check "nothing was built" test ! -e "$home/target"
mv "$home/callweave-tools.jar" "$home/tools-lib" "$work/"
launch run "$home"/samples/csn-*.ndjson
check "run without the tools: exit status 2" status_is 2
check "run without the tools: says where it is" grep -q 'callweave-tools.jar' "$work/err"
launch assemble "$home"/samples/csn-*.ndjson
check "assemble without the tools: three records" lines_are 3
mv "$work/callweave-tools.jar" "$work/tools-lib" "$home/"
launch no-such-command
check "a wrong command: exit status 2" status_is 2
launch bench competitors
check "bench competitors: exit status 1" status_is 1
check "bench competitors: says why" grep -q 'runs only among the sources' "$work/err"
check "nothing of the competitors" test -z "$(find "$home" -name 'flink-*' -o -name 'frocksdbjni-*' -o -name 'postgresql-*')"
status=0
env -i PATH="$tools" CALLWEAVE_JVM_DIR="$work/none" "$home/callweave" >"$work/out" 2>"$work/err" || status=$?
check "without Java: names a runtime, not a JDK" grep -q 'apt-get install openjdk-17-jre-headless$' "$work/err"

check "the manual page is there" grep -q '^\.TH' "$home/man/man1/callweave.1"
if command -v man >/dev/null; then
    MANPATH=$home/man man callweave >"$work/out" 2>"$work/err"
    check "man shows it" grep -qi 'callweave' "$work/out"
fi
for shell in bash zsh fish; do
    check "completion for $shell is there" grep -q callweave "$home/completions/callweave.$shell"
done
# shellcheck source=/dev/null
check "completion for bash works" bash -c ". '$home/completions/callweave.bash' && complete -p callweave >/dev/null"
jars=$(find "$home/lib" "$home/tools-lib" -name '*.jar' -not -name 'callweave-*' | wc -l)
check "licences: list" grep -q 'rocksdbjni' "$home/licenses/THIRD-PARTY.txt"
check "licences: one entry for each jar of others" test "$jars" -eq "$(grep '^ *(' "$home/licenses/THIRD-PARTY.txt" | grep -vc '(io\.callweave:')"
check "SBOM: one component for each jar of others" test "$jars" -eq "$(grep '"purl" : "pkg:maven/' "$home/sbom.cdx.json" | grep -vc 'pkg:maven/io\.callweave/')"
check "no jar is there twice" test -z "$(find "$home/lib" "$home/tools-lib" -name '*.jar' -printf '%f\n' | sort | uniq -d)"
check "docs are there" test -f "$home/docs/run.md"
check "connectors, SQL and Flink SQL are there" test -f "$home/pipelines/connect/calls.properties" -a -f "$home/pipelines/sql/views.sql" -a -f "$home/pipelines/flink/calls.sql"

# A bridge needs no Kafka to be live. What it would tell systemd, it tells the test.
mkdir "$work/notified"
printf '#!/bin/sh\necho "$@" >>"%s/notified/by"\n' "$work" >"$work/notified/systemd-notify"
chmod +x "$work/notified/systemd-notify"
env PATH="$work/notified:$PATH" NOTIFY_SOCKET=none STATE_DIRECTORY="$work/state" CALLWEAVE_BOOTSTRAP_SERVERS=127.0.0.1:1 \
    CALLWEAVE_BRIDGE_ACCOUNTS=1 CALLWEAVE_BRIDGE_PORT=0 CALLWEAVE_HTTP_PORT=$((20000 + RANDOM % 10000)) \
    setsid "$home/systemd/run" bridge >"$work/bridge.log" 2>&1 </dev/null &
bridge=$!
for _ in $(seq 90); do [ ! -e "$work/notified/by" ] || break; sleep 1; done
check "systemd hears that a live role is live" grep -qx 'WATCHDOG=1' "$work/notified/by"
kill -- "-$bridge"
wait "$bridge"
status=0
"$home/systemd/run" brigde >"$work/out" 2>"$work/err" || status=$?
check "a role that does not exist is wrong usage" status_is 2

if command -v systemd-analyze >/dev/null; then
    # It asks whether the program is there; so the one of the archive is named.
    sed "s:/opt/callweave/systemd:$home/systemd:" "$home/systemd/callweave@.service" >"$work/callweave@.service"
    systemd-analyze verify --man=no "$work/callweave@.service" >"$work/out" 2>&1 || status=$?
    check "callweave@.service: verified" test -z "$(grep -F "callweave@" "$work/out")"
else
    echo "skip  systemd units: no systemd-analyze here"
fi

echo "      $(du -m "${archives[0]}" | cut -f1) MB"
end_of_checks archive
