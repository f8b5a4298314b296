#!/usr/bin/env bash
# The alarms and dashboards of the Helm chart with Debian's Prometheus: the unit tests of the alarms; every series of the alarms and
# every query of the dashboards against the demo, which must return data; and three alarms, provoked on a running product, one each
# of the bridge, of its way to Kafka and of deliver. With --all, every alarm but one is provoked, which takes ten minutes longer.
# Wants "apt-get install prometheus", and target/callweave.jar ("mvn -DskipTests package") or another jar as its last argument.
set -uo pipefail

project=$(cd "$(dirname "$0")/../../.." && pwd)
chart=$project/src/it/test/resources/chart
work=$(mktemp -d)
processes=()
finish() {
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null; done
    # A process that is stopped ends once it goes on.
    for process in "${processes[@]}"; do kill -CONT "$process" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
failures=0

check() { # what, command…
    local what=$1
    shift
    if "$@" >"$work/out" 2>&1; then
        echo "ok    $what"
    else
        echo "FAIL  $what"
        sed 's/^/      /' "$work/out" | head -n 20
        failures=$((failures + 1))
    fi
}

# Tries until a command succeeds, for so many seconds.
within() { # seconds, command…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 1
    done
}

check "the rules are well-formed" promtool check rules "$chart/alarms.rules.yaml"
# It takes a while, and so do the starts.
{
    promtool test rules "$chart/alarms.test.yaml" "$chart/alarms-days.test.yaml" >"$work/unit-tests" 2>&1
    echo "$?" >"$work/unit-tests.exit"
} &
unit_tests=$!

all=false
[ "${1:-}" != --all ] || { all=true; shift; }
jar=${1:-$project/target/callweave.jar}
[ -f "$jar" ] || { echo "FAIL  there is no $jar: run mvn -DskipTests package"; exit 1; }
ports=$((20000 + RANDOM % 10000))
kafka_port=$((ports + 1)) own_webhooks=$((ports + 2)) own_bridge=$((ports + 3)) own_streams=$((ports + 4)) own_slow=$((ports + 5)) own_deliver=$((ports + 6))
# shellcheck source=provoked-alarms.sh
. "$project/src/it/sh/provoked-alarms.sh"
# Each process runs for a minute or two: the quicker compiler is enough.
java=(java -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
"${java[@]}" -jar "$jar" demo --kafka-port="$kafka_port" --http-port=0 --bridge-port=0 --speed=5 --seats=40 --data-dir="$work/demo" \
    >"$work/calls" 2>"$work/demo.log" </dev/null &
demo=$!
processes+=("$demo")

# The demo prints where everything is.
address() { sed -n "s|.* $1  *http://\([0-9.:]*\)/.*|\1|p" "$work/demo.log" | head -n 1; }
has_started() { [ -n "$(address webhooks)" ]; }
within 90 has_started || { echo "FAIL  the demo did not start"; cat "$work/demo.log"; exit 1; }
topology=$(address topology)
bridge=$(address bridge)
webhooks=$(address webhooks)
start_own
path=$(sed -n 's|.*http://[0-9.:]*\(/webhooks/[0-9]*\) .*|\1|p' "$work/demo.log" | head -n 1)
token=$(sed -n 's|.*Verification-Token: \([^ ]*\).*|\1|p' "$work/demo.log" | head -n 1)

own_rules >"$work/own.rules.yaml"
cat >"$work/prometheus.yml" <<END
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: ["$chart/alarms.rules.yaml", "$work/own.rules.yaml"]
scrape_configs:
  - job_name: demo-callweave-streams-headless
    static_configs: [{targets: ["$topology"], labels: {namespace: calls, pod: demo-callweave-streams-0}}]
  - job_name: demo-callweave-bridge-headless
    static_configs: [{targets: ["$bridge"], labels: {namespace: calls, pod: demo-callweave-bridge-0}}]
  - job_name: own-callweave-streams-headless
    static_configs: [{targets: ["127.0.0.1:$own_streams"], labels: {namespace: own, pod: own-callweave-streams-0}}]
  - job_name: own-callweave-slow-headless
    file_sd_configs: [{files: ["$work/slow.json"]}]
  - job_name: demo-callweave-deliver-headless
    file_sd_configs: [{files: ["$work/deliver-demo.json"]}]
  - job_name: own-callweave-deliver-headless
    file_sd_configs: [{files: ["$work/deliver-own.json"]}]
  - job_name: own-callweave-bridge-headless
    static_configs: [{targets: ["127.0.0.1:$own_bridge"], labels: {namespace: own, pod: own-callweave-bridge-0}}]
END
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="127.0.0.1:$ports" \
    >"$work/prometheus.log" 2>&1 &
processes+=("$!")
server=http://127.0.0.1:$ports

returns_data() { promtool query instant "$server" "$1" 2>&1 | grep -q '=> '; }
alarm() { returns_data "ALERTS{alertname=\"$1\",namespace=\"calls\",alertstate=\"$2\"}"; }

# A webhook without curl, which need not be there.
post() { # host:port, path, token, body
    exec 3<>"/dev/tcp/${1%:*}/${1#*:}" || return 1
    printf 'POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nVerification-Token: %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
        "$2" "$3" "${#4}" "$4" >&3
    cat <&3 >"$work/answer"
    exec 3>&-
}

# Without curl, which need not be there.
get() { # host:port, path
    exec 3<>"/dev/tcp/${1%:*}/${1#*:}" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    sed '1,/^\r$/d' <&3
    exec 3>&-
}
# Stderr says what promtool objects to, also where it exits with 0.
well_named() { [ -z "$(get "$1" /metrics | promtool check metrics 2>&1 | tee /dev/stderr)" ]; }

check "Prometheus scrapes the demo" within 60 returns_data 'sum(up{namespace="calls"}) == 2'
# Some series are there only once there was an error.
post "$webhooks" "$path" "$token" 'not JSON'
post "$webhooks" "$path" wrong-token '{}'
check "dead letters raise the alarm of the chart" within 60 alarm CallweaveDeadLetters firing
check "Prometheus scrapes what the alarms are provoked of" within 60 returns_data 'up{namespace="own",pod="own-callweave-bridge-0"} == 1'
if $all; then provoke_by_input; fi
lose_webhooks
if $all; then provoke_by_bad_endpoint; fi

# Metrics of the stores come within a minute.
while IFS=$'\t' read -r where query; do
    case $where in '' | '#'*) continue ;; esac
    check "$where: $query" within 90 returns_data "$query"
done <"$chart/queries.txt"
end_bad_endpoint

check "names of the metrics of streams" well_named "$topology"
check "names of the metrics of the bridge" well_named "$bridge"

if $all; then provoke_by_failures; fi
stop_kafka
if $all; then
    provoke_without_kafka
    provoke_by_too_much
    provoke_by_flood
fi
# The exit code is read from a file: Bash forgets that of an ended process once a later one has the same id, and this script starts
# enough of them for that.
unit_tests() {
    wait "$unit_tests" 2>/dev/null
    [ "$(cat "$work/unit-tests.exit")" = 0 ] || { cat "$work/unit-tests"; return 1; }
}
check "each alarm fires for what it is for, and only then" unit_tests

if [ "$failures" -eq 0 ]; then
    echo "all passed"
else
    echo "$failures failed; what the processes said last:"
    tail -n 20 "$work"/*.log
fi
[ "$failures" -eq 0 ]
