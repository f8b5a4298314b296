#!/usr/bin/env bash
# The files of src/pipelines with a real PostgreSQL, Kafka Connect and Flink, against the truth of simulated calls: tables by Debezium's
# sink, with a worker that is killed in the middle and a replay of everything; each view; the query in Flink SQL.
# Wants "apt-get install postgresql", and target/callweave.jar ("mvn -DskipTests package") or another jar as its argument.
# Connect and Flink come from Maven Central into target/pipelines. Without PostgreSQL it is skipped, with CI=true it fails.
set -uo pipefail

project=$(cd "$(dirname "$0")/../../.." && pwd)
pipelines=$project/src/pipelines
jar=${1:-$project/target/callweave.jar}
to=${PIPELINES_DIR:-$project/target/pipelines}
bin=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    echo "skip  pipelines: there is no PostgreSQL server (Debian: postgresql)"
    [ "${CI:-}" != true ]
    exit
fi
bin=$(dirname "$bin")
[ -f "$jar" ] || { echo "FAIL  there is no $jar: run mvn -DskipTests package"; exit 1; }

work=$(mktemp -d)
chmod 755 "$work"
processes=()
finish() {
    for process in "${processes[@]}"; do kill -KILL "$process" 2>/dev/null; done
    [ ! -d "$work/data" ] || as_postgres "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1
    wait 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
failures=0

# Its server refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
check() { # what, command…
    local what=$1 begin=$SECONDS
    shift
    if "$@" >"$work/out" 2>&1; then
        echo "ok    $what ($((SECONDS - begin)) s)"
    else
        echo "FAIL  $what"
        head -n 20 "$work/out" | cut -c1-300 | sed 's/^/      /'
        failures=$((failures + 1))
    fi
}
# Tries until a command succeeds, for so many seconds.
within() { # seconds, command…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.5
    done
}
java=(java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g)
callweave() { "${java[@]}" -jar "$jar" "$@"; }
psql() { "$bin/psql" -X -q -A -t -F, -v ON_ERROR_STOP=1 -h "$work" -p "$postgres_port" -U callweave postgres "$@"; }
# Succeeds if a query has no rows.
none() { [ -z "$(psql -c "SET search_path = callweave; $1" | tee /dev/stderr | head -n 5)" ]; }
is() { [ "$(psql -c "SET search_path = callweave; $1")" = "$2" ]; }

echo "libraries of Connect and Flink"
for part in connect flink; do
    mvn -B -ntp -q -f "$pipelines/$part/pom.xml" package -Dto="$to/$part" >"$work/mvn.log" 2>&1 \
        || { tail -n 20 "$work/mvn.log"; exit 1; }
done

ports=$((20000 + RANDOM % 10000))
kafka=127.0.0.1:$ports postgres_port=$((ports + 1))
as_postgres "$bin/initdb" --version >/dev/null || exit 1
mkdir "$work/data" && { [ "$(id -u)" -ne 0 ] || chown postgres "$work" "$work/data"; }
as_postgres "$bin/initdb" -D "$work/data" -U callweave -A trust --no-sync >"$work/postgres.log" 2>&1 || { cat "$work/postgres.log"; exit 1; }
# A zone that shows where a time zone is taken for granted.
as_postgres "$bin/pg_ctl" -D "$work/data" -l "$work/data/log" -w \
    -o "-p $postgres_port -k $work -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=Asia/Kolkata" start >/dev/null \
    || { tail -n 20 "$work/data/log"; exit 1; }
check "tables and views" psql -f "$pipelines/sql/tables.sql" -f "$pipelines/sql/views.sql"
check "the same again" psql -f "$pipelines/sql/tables.sql" -f "$pipelines/sql/views.sql"

columns() { psql -c "SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'callweave' AND table_name IN ('calls', 'party_metrics', 'window_metrics') ORDER BY 1, 2"; }
columns >"$work/columns"
kafka_version() { sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$1"; }
check "the worker has the Kafka version of the product" test "$(kafka_version "$project/pom.xml")" = "$(kafka_version "$pipelines/connect/pom.xml")"

echo "simulated calls"
simulate=(simulate --seats=10 --for=3h --deliver=shuffled=5s,duplicated=5%)
callweave "${simulate[@]}" --truth="$work/truth.ndjson" --out="$work/day.ndjson" 2>/dev/null || exit 1
# A call with U+0000 in its texts and ids, which PostgreSQL refuses: one such record would stop the sink.
cat >"$work/nul.ndjson" <<'EOF'
{"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:00.100Z","body":{"sequence":2,"sessionId":"1\u0000","telephonySessionId":"s-\u0000","eventTime":"2026-03-02T09:00:00Z","origin":{"type":"Call\u0000"},"parties":[{"id":"p-\u0000","extensionId":"1\u0000","direction":"Inbound","from":{"phoneNumber":"+1\u0000","name":"\u0000"},"to":{"phoneNumber":"+2\u0000","name":"\u0000","extensionId":"2\u0000"},"queueCall":true,"status":{"code":"Proceeding","reason":"\u0000"}}]}}
{"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:30.100Z","body":{"sequence":3,"sessionId":"1\u0000","telephonySessionId":"s-\u0000","eventTime":"2026-03-02T09:00:30Z","origin":{"type":"Call\u0000"},"parties":[{"id":"p-\u0000","extensionId":"1\u0000","direction":"Inbound","status":{"code":"Disconnected","reason":"\u0000"}}]}}
EOF
callweave assemble "$work/nul.ndjson" >>"$work/truth.ndjson" 2>/dev/null || exit 1
cat "$work/nul.ndjson" >>"$work/day.ndjson"
# Two halves: the second comes while the worker is dead.
half=$(($(wc -l <"$work/day.ndjson") / 2))
head -n "$half" "$work/day.ndjson" >"$work/1.ndjson"
tail -n "+$((half + 1))" "$work/day.ndjson" >"$work/2.ndjson"
callweave assemble "$work/day.ndjson" >"$work/final.ndjson" 2>/dev/null || exit 1
# Calls of the whole day, as assemble prints them and as they really were, beside the tables.
psql -c 'CREATE TABLE callweave.final (r jsonb); CREATE TABLE callweave.truth (r jsonb)' || exit 1
for table in final truth; do
    # No byte of JSON is a delimiter or quote of this format.
    psql -c "\\copy callweave.$table FROM '$work/$table.ndjson' (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')" || exit 1
done

# A broker: that of the demo, with next to no calls of its own.
"${java[@]}" -jar "$jar" demo --kafka-port="$ports" --http-port=0 --bridge-port=0 --speed=0.001 --seats=2 --deliver=none --data-dir="$work/demo" \
    --completion-linger=500ms --completion-peer-wait=1s --completion-open-party-wait=1s \
    >"$work/demo.out" 2>"$work/demo.log" </dev/null &
processes+=("$!")
reaches() { (exec 3<>"/dev/tcp/${1%:*}/${1#*:}") 2>/dev/null; }
check "a broker" within 180 reaches "$kafka"
prefix=pipelines.
check "topics" within 180 callweave topics create --bootstrap-servers="$kafka" --topics-prefix="$prefix" --partitions=3
streams=
# On a slow machine, Kafka may not answer as soon as streams wants it to.
streams_serves() {
    if [ -z "$streams" ] || ! kill -0 "$streams" 2>/dev/null; then
        "${java[@]}" -jar "$jar" streams --bootstrap-servers="$kafka" --topics-prefix="$prefix" --application-id=pipelines \
            --topics-envelope=connect --state-dir="$work/state" --http-port=0 --metrics-account-windows=PT1H,P1D \
            --metrics-queue-windows=PT1H,P1D --metrics-extension-windows=P1D --metrics-number-windows=P1D \
            --completion-linger=500ms --completion-peer-wait=1s --completion-open-party-wait=1s \
            >"$work/streams.out" 2>"$work/streams.log" </dev/null &
        streams=$!
        processes+=("$streams")
    fi
    grep -q '/health/ready' "$work/streams.log"
}
check "streams" within 240 streams_serves

# The connectors as they are shipped, with this broker and prefix.
mkdir "$work/connect"
for file in "$pipelines"/connect/*.properties; do
    sed -e "s/localhost:9092/$kafka/" -e "s/^topics=callweave\./topics=$prefix/" -e "s#^plugin.path=.*#plugin.path=$to/connect/plugins#" \
        -e "s#^\(offset.storage.file.filename\)=.*#\1=$work/connect.offsets#" -e "s#^listeners=.*#listeners=http://127.0.0.1:$((ports + 2))#" \
        "$file" >"$work/connect/$(basename "$file")"
done
export POSTGRES_URL=jdbc:postgresql://127.0.0.1:$postgres_port/postgres POSTGRES_USER=callweave POSTGRES_PASSWORD=none
worker() {
    "${java[@]}" -Xmx512m -Duser.timezone=UTC -Dlog4j2.configurationFile="$pipelines/connect/log4j2.xml" -cp "$to/connect/lib/*" org.apache.kafka.connect.cli.ConnectStandalone "$work/connect/worker.properties" \
        "$work/connect/calls.properties" "$work/connect/party-metrics.properties" "$work/connect/window-metrics.properties" \
        >>"$work/connect.log" 2>&1 </dev/null &
    worker=$!
    processes+=("$worker")
}
feed() { callweave replay "$work/$1.ndjson" --bootstrap-servers="$kafka" --to-prefix="$2" --even-if-used; }

worker
check "the first half, by replay" within 180 feed 1 "$prefix"
some_rows() { [ "$(psql -c 'SELECT count(*) FROM callweave.calls')" -gt 0 ]; }
check "calls arrive in PostgreSQL" within 240 some_rows
kill -KILL "$worker"
echo "the worker is killed"
check "the second half, by replay" within 180 feed 2 "$prefix"
worker

# Everything of a record but its revision.
same_as() { # table
    local columns="c.status = r ->> 'status' AND c.result = r ->> 'result' AND c.direction = r ->> 'direction'
        AND c.start_time = (r ->> 'startTime')::timestamptz AND c.end_time = (r ->> 'endTime')::timestamptz
        AND c.answer_time IS NOT DISTINCT FROM (r ->> 'answerTime')::timestamptz
        AND c.duration_ms = (r ->> 'durationMs')::bigint AND c.talk_ms = (r ->> 'talkMs')::bigint AND c.hold_ms = (r ->> 'holdMs')::bigint
        AND c.ring_ms IS NOT DISTINCT FROM (r ->> 'ringMs')::bigint AND c.queues = r -> 'queues' AND c.transfers = r -> 'transfers'"
    [ "$1" = truth ] || columns+=" AND c.parties = r -> 'parties' AND c.legs = r -> 'legs' AND c.numbers = r -> 'numbers'
        AND coalesce(c.\"from\", 'null') = r -> 'from' AND c.incomplete = r -> 'incomplete'"
    none "SELECT 'differs', r ->> 'callId' FROM $1 WHERE NOT EXISTS (SELECT FROM final_calls c
            WHERE c.account_id = r ->> 'accountId' AND c.call_id = r ->> 'callId' AND $columns)
        UNION ALL SELECT 'too many', call_id FROM final_calls WHERE call_id NOT IN (SELECT r ->> 'callId' FROM $1)"
}
check "the calls are those of assemble" within 300 same_as final
check "the calls are the truth" same_as truth

same_columns() { columns | diff "$work/columns" -; }
check "the sink found a column for each field" same_columns

# The product's own windows of time, over their own connector.
both_ways() { # a query, another
    none "(($1) EXCEPT ($2)) UNION ALL (($2) EXCEPT ($1))"
}
queues_agree() { # view, its time, window
    both_ways "SELECT account_id, queue, $2, offered, answered, answered_elsewhere, voicemail, overflow, abandoned, counted, answered_within, service_level,
            average_speed_of_answer_ms, average_handle_ms FROM $1" \
        "SELECT account_id, scope_id, $4, calls, answered, answered_elsewhere, voicemail, overflow, abandoned, counted, answered_within, service_level_ratio,
            time_to_answer_avg_ms, handle_avg_ms
        FROM window_metrics WHERE scope = 'queue' AND \"window\" = '$3'"
}
accounts_agree() {
    both_ways "SELECT account_id, $2, calls, inbound, outbound, internal, answered, voicemail, missed, abandoned, unanswered, fax, talk_ms, duration_ms, handle_ms, average_handle_ms FROM $1" \
        "SELECT account_id, $4, calls, inbound, outbound, internal, answered, voicemail, missed, abandoned, unanswered, fax, talk_sum_ms, duration_sum_ms, handle_sum_ms, handle_avg_ms
        FROM window_metrics WHERE scope = 'account' AND \"window\" = '$3'"
}
# The service level of an account is that of its visits to queues.
visits_agree() { # view, its time, window
    both_ways "SELECT account_id, $2, counted, answered_within, service_level FROM $1" \
        "SELECT account_id, $4, counted, answered_within, service_level_ratio
        FROM window_metrics w WHERE scope = 'account' AND \"window\" = '$3' AND EXISTS (SELECT FROM window_metrics q
            WHERE q.account_id = w.account_id AND q.scope = 'queue' AND q.\"window\" = w.\"window\" AND q.window_start = w.window_start)" \
        && both_ways "SELECT account_id, $2, offered, answered, abandoned, average_speed_of_answer_ms FROM $1" \
        "SELECT account_id, $4, sum(calls)::bigint, sum(answered)::bigint, sum(abandoned)::bigint,
            round(sum((time_to_answer ->> 'sumMs')::bigint) / nullif(sum((time_to_answer ->> 'count')::bigint), 0))
        FROM window_metrics WHERE scope = 'queue' AND \"window\" = '$3' GROUP BY account_id, window_start"
}
utc_day="(window_start AT TIME ZONE 'UTC')::date"
check "calls_per_hour and the windows agree" within 120 accounts_agree calls_per_hour hour PT1H window_start
check "calls_per_day and the windows agree" within 120 accounts_agree calls_per_day day P1D "$utc_day"
check "queues_per_hour and the windows agree" within 120 queues_agree queues_per_hour hour PT1H window_start
check "queues_per_day and the windows agree" within 120 queues_agree queues_per_day day P1D "$utc_day"
check "visits_per_hour and the windows agree" within 120 visits_agree visits_per_hour hour PT1H window_start
check "visits_per_day and the windows agree" within 120 visits_agree visits_per_day day P1D "$utc_day"
agents_agree() {
    both_ways "SELECT account_id, agent, day, calls, talk_ms, hold_ms, ring_ms FROM agents_per_day" \
        "SELECT account_id, scope_id, $utc_day, calls, talk_sum_ms, hold_sum_ms, ring_sum_ms FROM window_metrics WHERE scope = 'extension' AND \"window\" = 'P1D'"
}
check "agents_per_day and the windows agree" within 120 agents_agree
numbers_agree() {
    both_ways "SELECT account_id, number, calls, talk_ms FROM busiest_numbers" \
        "SELECT account_id, scope_id, sum(calls), sum(talk_sum_ms) FROM window_metrics WHERE scope = 'number' AND \"window\" = 'P1D' GROUP BY 1, 2"
}
check "busiest_numbers and the windows agree" within 120 numbers_agree
parties_agree() {
    both_ways "SELECT account_id, agent, count(*), sum(talk_ms), count(*) FILTER (WHERE rung), count(*) FILTER (WHERE rung AND answered) FROM agent_parties GROUP BY 1, 2" \
        "SELECT account_id, extension_id, count(*), sum(talk_ms), count(*) FILTER (WHERE direction = 'Inbound' AND ring_ms IS NOT NULL),
        count(*) FILTER (WHERE direction = 'Inbound' AND ring_ms IS NOT NULL AND answer_time IS NOT NULL)
        FROM party_metrics WHERE extension_id IS NOT NULL AND role IN ('participant', 'host') AND call_action <> 'Monitoring' GROUP BY 1, 2"
}
check "agents and party rows agree" within 120 parties_agree

# What no window has: from the records of assemble, in Java.
classes=$(find "$(dirname "$jar")/lib" -name 'jackson-*.jar' | tr '\n' ':')
expected() { "${java[@]}" -cp "$classes" "$project/src/it/pipelines/ExpectedFigures.java" "$work/final.ndjson" | LC_ALL=C sort >"$work/expected.csv"; }
check "figures of the records, computed in Java" expected
figures() {
    psql -c "SET search_path = callweave; SET timezone = 'UTC';
        SELECT 'agent', account_id, day, agent, rung, rung_and_answered, taken_by_others, rung_and_not_answered, busy_ms, occupancy FROM agents_per_day;
        SELECT 'queue', account_id, day, queue, wait_p50_ms, wait_p90_ms, wait_max_ms, average_speed_of_answer_ms FROM queues_per_day;
        SELECT 'transfers', account_id, day, calls, transferred, chains, blind, attended FROM transfers_per_day;
        SELECT 'repeat', account_id, call_id FROM repeat_calls;
        SELECT 'wait', account_id, place, wait_ms FROM longest_waits WHERE place <= 10;
        SELECT 'quality', account_id, day, calls, complete, partial, sequence_gap, missing_session, no_final_status FROM quality_per_day" \
        | LC_ALL=C sort >"$work/figures.csv"
    [ -s "$work/expected.csv" ] && diff "$work/expected.csv" "$work/figures.csv"
}
check "agents, waits, transfers, repeat calls and quality agree" figures

check "settings: short abandons are left out" is "UPDATE report_settings SET short_abandon_ms = 1000000; SELECT sum(short_abandons) = sum(abandoned) AND sum(counted) <= sum(answered) FROM queues_per_day; UPDATE report_settings SET short_abandon_ms = 0" t
psql -c 'UPDATE callweave.report_settings SET short_abandon_ms = 0'
check "settings of a queue count for its visits only" is "INSERT INTO queue_settings SELECT account_id, min(queue), 0, 1000000 FROM queue_visits GROUP BY account_id;
    SELECT bool_and(CASE WHEN q.queue IS NULL THEN short_abandons = 0 ELSE short_abandons = abandoned AND answered_within = 0 END)
    FROM queues_per_day d LEFT JOIN queue_settings q ON q.account_id = d.account_id AND q.queue = d.queue; DELETE FROM queue_settings" t
psql -c 'DELETE FROM callweave.queue_settings'
check "an older revision changes no call" is "UPDATE calls SET revision = 0, result = 'older'; SELECT count(*) FROM calls WHERE result = 'older'" 0
echo "      $(psql -c "SET search_path = callweave; SELECT count(*) || ' calls, of which superseded ' || count(*) FILTER (WHERE status = 'superseded') || ', revised ' || count(*) FILTER (WHERE revision > 1), (SELECT count(*) FROM party_metrics) || ' parties', (SELECT count(*) FROM window_metrics) || ' windows' FROM calls")"

# A window that a correction empties: its row goes, no other one, and a replay does not bring it back.
emptied=$(psql -c "SELECT window_key FROM callweave.window_metrics WHERE scope = 'number' ORDER BY 1 LIMIT 1")
psql -c 'CREATE TABLE callweave.windows_full AS TABLE callweave.window_metrics'
kafka_classes=$(find "$(dirname "$jar")/lib" \( -name 'kafka-clients-*.jar' -o -name 'slf4j-api-*.jar' \) | tr '\n' ':')
check "a tombstone of a window" "${java[@]}" -cp "$kafka_classes" "$project/src/it/pipelines/EmptiedWindow.java" "$kafka" "${prefix}window-metrics" "$emptied"
row_is_gone() { both_ways 'TABLE window_metrics' "SELECT * FROM windows_full WHERE window_key <> '$emptied'"; }
check "its row is gone, and no other one" within 120 row_is_gone

# Everything again: other connectors have read nothing. A row that is written again has another xmin.
kill -TERM "$worker" && wait "$worker" 2>/dev/null
psql -c 'SET search_path = callweave; CREATE TABLE before AS TABLE final_calls; CREATE TABLE windows_before AS TABLE window_metrics;
    CREATE TABLE parties_before AS TABLE party_metrics;
    CREATE TABLE written AS SELECT account_id, call_id, xmin::text AS written FROM calls'
sed -i 's/^name=/name=again-/' "$work"/connect/{calls,party-metrics,window-metrics}.properties
worker
unchanged() { none 'TABLE before EXCEPT TABLE final_calls'; }
replayed() {
    unchanged || { touch "$work/changed"; return 0; }
    none 'SELECT call_id FROM calls c JOIN written w USING (account_id, call_id) WHERE c.xmin::text = w.written'
}
check "a replay of everything" within 300 replayed
no_change() { [ ! -e "$work/changed" ] && unchanged && none 'TABLE final_calls EXCEPT TABLE before'; }
check "at no time of the replay does a call change" no_change
windows_same() { both_ways 'TABLE window_metrics' 'TABLE windows_before' && both_ways 'TABLE party_metrics' 'TABLE parties_before'; }
check "after the replay, windows and parties are the same" within 120 windows_same
check "the calls are the truth still" same_as truth
kill -TERM "$worker" && wait "$worker" 2>/dev/null

# Flink reads the topic without an envelope: that of the demo.
feed_flink() { callweave replay "$work/day.ndjson" --bootstrap-servers="$kafka" --to-prefix=callweave. --even-if-used; }
check "the calls for Flink" within 180 feed_flink
flink() {
    "${java[@]}" --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED -cp "$to/flink/lib/*" \
        "$project/src/it/pipelines/FlinkQuery.java" "$pipelines/flink/calls.sql" "$kafka" 2>"$work/flink.log" | grep ',2026-03-02,' >"$work/flink.csv"
    psql -c "SET search_path = callweave; SELECT account_id, day, queue, offered - f, answered, abandoned, answered_within
        FROM queues_per_day JOIN (SELECT account_id, queue, count(*) FILTER (WHERE outcome = 'fax') AS f FROM queue_visits GROUP BY 1, 2) x
        USING (account_id, queue)" | LC_ALL=C sort >"$work/queues.csv"
    [ -s "$work/queues.csv" ] && diff "$work/queues.csv" "$work/flink.csv" || { tail -n 15 "$work/flink.log"; return 1; }
}
check "Flink SQL and PostgreSQL agree" within 240 flink

[ "$failures" -eq 0 ] || { grep -E 'ERROR|Exception' "$work/connect.log" | head -n 10 | cut -c1-300; tail -n 5 "$work/streams.log" | cut -c1-300; }
[ "$failures" -eq 0 ] && echo "all passed in $SECONDS s" || echo "$failures failed"
[ "$failures" -eq 0 ]
