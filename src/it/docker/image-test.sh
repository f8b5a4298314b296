#!/usr/bin/env bash
# Tests the images callweave:local and callweave-tools:local, each as a user without rights on a read-only root file system.
set -uo pipefail
cd "$(dirname "$0")/../../.." || exit 1
# shellcheck source=../sh/checks.sh
. src/it/sh/checks.sh

container=callweave-image-test-$$
# shellcheck disable=SC2329 # the trap calls it
tidy() {
    docker rm -f "$container" >/dev/null 2>&1
    docker volume rm "$container" >/dev/null 2>&1
    rm -rf "$work"
}
trap tidy EXIT
confined=(--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges)

run() { # arguments of docker run
    status=0
    docker run --rm "${confined[@]}" "$@" >"$work/out" 2>"$work/err" || status=$?
}
inside() { run --entrypoint bash callweave:local -c "$1"; }
printed() { grep -qE -- "$1" "$work/out"; }

for image in callweave callweave-tools; do
    run "$image:local" --version
    check "$image: starts" printed '^callweave [0-9]'
    check "$image: nothing on stderr" test ! -s "$work/err"
    check "$image: the user is a number, and not root" test "$(docker image inspect -f '{{.Config.User}}' "$image:local")" = 10001
done

inside 'id -u'
check "the user is 10001" printed '^10001$'
inside 'touch /opt/callweave/x'
check "the root file system cannot be written to" test "$status" -ne 0
inside 'ls /opt/callweave/lib'
check "no broker, no Scala, no simulator" test -z "$(grep -E '^(kafka_|kafka-(server|metadata|raft|storage)|scala-|callweave-simulator)' "$work/out")"
check "Kafka Streams is there" printed '^kafka-streams-'
inside 'grep -c libjemalloc /proc/self/maps'
check "jemalloc is loaded" status_is 0
inside 'java -version'
check "Java 25" says 'version "25'
inside 'find / -xdev \( -name "*.debuginfo" -o -name javac -o -name curl \) 2>/dev/null'
check "no compiler, no debug symbols, no curl" lines_are 0

for command in run demo local simulate replay bench 'bench topology' 'run notifications.ndjson --calls out'; do
    # shellcheck disable=SC2086 # several words
    run callweave:local $command
    check "callweave $command: exit status 2" status_is 2
    check "callweave $command: one sentence that names the other image" says "use the image callweave-tools"
    check "callweave $command: in one line" one_line
done
run callweave:local --help
check "the help lists no absent command" test -z "$(grep -E '^  (run|demo|local|simulate|replay|bench) ' "$work/out")"
for command in assemble explain bridge streams topics directory topology schema config completion; do
    check "the help lists $command" printed "^  $command "
done

run callweave-tools:local run /opt/callweave/samples/csn-rc-to-pstn.ndjson
check "callweave-tools run: with a broker of its own, read-only" status_is 0
check "callweave-tools run: one record" lines_are 1
run callweave-tools:local simulate --for=2m
check "callweave-tools simulate" printed telephonySessionId

# Heap by the container's limit; and no memory is a reason to end, not to stumble on.
run -m 512m --entrypoint bash callweave:local -c 'java @/opt/callweave/java.options -XX:+PrintFlagsFinal -version 2>/dev/null | grep -E "MaxHeapSize"'
check "512 MB: a heap of 256 MB" printed 'MaxHeapSize *= 268435456'
run -e CALLWEAVE_JAVA_OPTS=-Xmx8m callweave-tools:local run /opt/callweave/samples/csn-rc-to-pstn.ndjson
check "out of memory: ends" status_is 3
check "out of memory: says so" says 'callweave: out of memory'

docker run -d --name "$container" "${confined[@]}" -m 512m -v "$container:/var/lib/callweave" \
    -e CALLWEAVE_BOOTSTRAP_SERVERS=nowhere.invalid:9092 -e CALLWEAVE_BRIDGE_ACCOUNTS=1 callweave:local bridge >/dev/null
for _ in $(seq 180); do
    health=$(docker inspect -f '{{.State.Health.Status}}' "$container")
    [ "$health" != healthy ] || break
    sleep 1
done
docker logs "$container" >"$work/out" 2>"$work/err"
check "bridge: healthy, native libraries load with /tmp noexec" test "$health" = healthy
begin=$(date +%s%N)
docker stop -t 60 "$container" >/dev/null
took=$((($(date +%s%N) - begin) / 1000000))
check "bridge: SIGTERM ends it with status 0" test "$(docker inspect -f '{{.State.ExitCode}}' "$container")" = 0
echo "      in $took ms"

docker image ls --format '      {{.Repository}}:{{.Tag}} {{.Size}}' | grep -E '^ *callweave(-tools)?:local'
end_of_checks images
