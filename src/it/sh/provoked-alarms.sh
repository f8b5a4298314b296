# Part of alarms-test.sh: a bridge and an instance of streams on the broker of the demo, and everything happens to them that the
# alarms are for. The rules are those of the chart with another namespace, a tenth of a second for each minute of "for", windows of 15 s
# instead of minutes, 30 s instead of an hour and ten minutes instead of a day, and business hours that never end. Thresholds and
# expressions are the same, but a flood is half of the chart's (with all that runs here, a slow machine does not take more), a spool
# is old after 5 s, and there is one instance of each role. Not provoked: gaps, and subscriptions that expire.
# To make an instance slow, the broker gives its consumer few bytes a second (a quota), which is the same on every machine.
# shellcheck shell=bash disable=SC2154 # variables of alarms-test.sh

account=400001001
silent_account=400002002
own_token=its-token

own_rules() { # -z: an expression goes over several lines
    sed -Ez -e 's/namespace="calls"/namespace="own"/g; s/namespace: calls/namespace: own/g; s/(job|statefulset)(=~?)"demo-/\1\2"own-/g' \
        -e 's/( for: [0-9]+)m\n/\100ms\n/g; s/\[10m:1m\]/[15s:1s]/g; s/\[[0-9]+m\]/[15s]/g; s/offset [0-9]+m/offset 15s/g' \
        -e 's/(alive_stream_threads\{[^}]*\}\[)1h/\110m/; s/\[1h\]/[30s]/g; s/\[(1|7)d\]/[10m]/g' \
        -e 's/> 500\b/> 250/g; s/> 900\b/> 5/; s/vector\(2\)/vector(1)/g' \
        -e 's/(day_of_week\(\)\s+>=) [0-9]+/\1 0/; s/(day_of_week\(\)\s+<=) [0-9]+/\1 6/' \
        -e 's/(hour\(\)\s+>=) [0-9]+/\1 0/; s/(hour\(\)\s+<) [0-9]+/\1 24/' "$chart/alarms.rules.yaml"
}

fires() { returns_data "ALERTS{alertname=\"Callweave$1\",namespace=\"own\",alertstate=\"firing\"}"; }
is_quiet() { ! fires "$1"; }
raises() { # alarm, by what
    local begin=$SECONDS
    check "raises $1: $2" within 180 fires "$1"
    echo "      after $((SECONDS - begin)) s"
}
ends() { check "ends $1: $2" within 180 is_quiet "$1"; }

own_command() { # log, arguments…; sets $started
    local log=$1
    shift
    CALLWEAVE_LOG_LEVEL=WARN "${java[@]}" -Xmx512m -jar "$jar" "$@" >>"$work/$log" 2>&1 </dev/null &
    started=$!
    processes+=("$started")
}

prefix=own.
kafka_options() { echo "--bootstrap-servers=127.0.0.1:$kafka_port --topics-prefix=$prefix"; }

start_own_bridge() {
    # shellcheck disable=SC2046
    own_command bridge.log bridge $(kafka_options) --application-id=own --bridge-port="$own_webhooks" --http-port="$own_bridge" \
        --ringcentral-server=http://127.0.0.1:1 \
        --state-dir="$work/bridge" --bridge-spool-dir="$work/spool" --bridge-spool-max-bytes=1MiB \
        --bridge-accounts-file="$work/accounts.properties" --bridge-silence-after=1m
    bridge_process=$started
}

start_own_streams() { # further settings…
    # shellcheck disable=SC2046
    own_command streams.log streams $(kafka_options) --application-id=own --http-port="$own_streams" --state-dir="$work/streams" \
        --completion-linger=1s --completion-peer-wait=1s --completion-open-party-wait=1s --completion-max-idle=30s \
        --set streams.session.timeout.ms=6000 --set streams.heartbeat.interval.ms=1000 "$@"
    streams_process=$started
}

# Without a warning.
kill_own() { kill -9 "$1" 2>/dev/null; wait "$1" 2>/dev/null; }

# To the bridge, in the background; sets $started.
send() { # notifications a second, options…
    own_command simulate.log simulate --for=12h --seats=200 --token="$own_token" \
        --url="http://127.0.0.1:$own_webhooks/webhooks/$account" --rate="$@"
}

# Changes a setting at the broker.
configure() { # arguments of Configure but for the address
    "${java[@]}" -cp "$(dirname "$jar")/lib/*" "$project/src/it/sh/Configure.java" "127.0.0.1:$kafka_port" "$@" \
        >"$work/configure.log" 2>&1 || tail -n 20 "$work/configure.log"
}

own_accounts() { # further lines; renamed into its place, so that the bridge never reads a half
    printf '%s\n' "account.$account.tokens=$own_token" "account.$silent_account.tokens=$own_token" "$@" \
        account.{1,2}.{client-id,client-secret}=nobody account.{1,2}.jwt=nobody account.{1,2}.transport=websocket >"$work/accounts.new"
    mv "$work/accounts.new" "$work/accounts.properties"
}

start_own() {
    own_accounts
    # As if it had learned for a week that this account sends a hundred notifications each minute.
    mkdir -p "$work/bridge"
    printf '%s=6000%s\n' "$silent_account" "$(printf ',6000%.0s' {1..167})" >"$work/bridge/bridge-expectations.properties"
    # shellcheck disable=SC2046
    "${java[@]}" -jar "$jar" topics create $(kafka_options) --partitions=6 >>"$work/topics.log" 2>&1
    start_own_bridge
}

own_webhook() { # token, body
    post "127.0.0.1:$own_webhooks" "/webhooks/$account" "$@"
}

notification() { # sequence, status
    printf '{"event":"/restapi/v1.0/account/%s/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","body":{"telephonySessionId":"s-1","sequence":%s,"eventTime":"2026-03-02T09:00:00Z","parties":[{"id":"p-1-1","extensionId":"104","direction":"Inbound","status":{"code":"%s"}}]}}' \
        "$account" "$1" "$2"
}

provoke_by_input() {
    start_own_streams --set streams.num.stream.threads=2
    check "Prometheus scrapes streams" within 120 returns_data 'up{namespace="own",pod="own-callweave-streams-0"} == 1'
    send 600
    local flood=$started
    raises AccountFloods "600 notifications a second"
    raises DeliveryLags "notifications of another day"
    # What is partial or late must be more than it was before: so there must be far more good calls than bad ones.
    check "many calls are complete" within 240 returns_data 'sum(callweave_calls_emitted_total{namespace="own",status="complete"}) > 2000'
    kill_own "$flood"
    # Else what comes now is worked on when the flood is, on a slow machine minutes later.
    check "the flood is worked on" within 900 returns_data 'max(callweave_clock_lag_seconds{namespace="own"}) < 10'
    send 30 --seed=2 --deliver=dropped=15%,shuffled=10m
    local bad=$started
    own_webhook "$own_token" 'not JSON'
    own_webhook "$own_token" "$(notification 2 Teleported)"
    raises ConnectionProblem "RingCentral is not there"
    raises DeadLetters "a notification that is not JSON"
    raises UnknownValues "a status that does not exist"
    own_accounts 'account.nobody.rate=none'
    raises ReloadFailed "a wrong file of accounts"
    own_accounts
    stranger() { own_webhook wrong-token '{}'; fires Strangers; }
    check "raises Strangers: wrong tokens" within 90 stranger
    raises LateEvents "another order"
    raises PartialCalls "lost notifications"
    kill_own "$bad"
    ends AccountFloods "the flood is over"
    raises AccountSilent "an account that sends nothing"
}

# Posts to an endpoint that refuses connections; every party event is a webhook.
lose_webhooks() {
    # shellcheck disable=SC2046
    "${java[@]}" -jar "$jar" deliver subscriptions create http://127.0.0.1:1/calls $(kafka_options) --account='*' --event=party.status \
        --no-test --secret=env:WEBHOOK_SECRET_OWN >>"$work/topics.log" 2>&1
    # shellcheck disable=SC2046
    WEBHOOK_SECRET_OWN=whsec_$(printf 'a%.0s' {1..44}) own_command deliver.log deliver $(kafka_options) --application-id=own \
        --http-port="$own_deliver" --state-dir="$work/deliver" --set deliver.retry-delays=100ms --set deliver.suspend-after=20s \
        --deliver-allowed-networks=127.0.0.1
    deliver_process=$started
    local release
    for release in demo:calls own:own; do
        echo "[{\"targets\": [\"127.0.0.1:$own_deliver\"], \"labels\": {\"namespace\": \"${release#*:}\", \"pod\": \"${release%:*}-callweave-deliver-0\"}}]" \
            >"$work/deliver.new" && mv "$work/deliver.new" "$work/deliver-${release%:*}.json"
    done
    # A loss before the first scrape is no increase, and Prometheus takes up new targets after up to five seconds.
    check "Prometheus scrapes what posts to it" within 60 returns_data 'callweave_deliver_undelivered_total{namespace="own"}'
    # Alone: a failing endpoint is posted to once in a while, and what waits for its first attempt comes before a second one.
    # shellcheck disable=SC2046
    "${java[@]}" -jar "$jar" deliver subscriptions test $(kafka_options) "$(grep -o 'sub-[0-9a-f-]*' "$work/topics.log" | tail -n 1)" \
        >>"$work/topics.log" 2>&1
    raises WebhooksLost "an endpoint that refuses connections"
}

provoke_by_bad_endpoint() {
    # A subscription gets only what happens after its creation; and at night and on Sunday, nearly nobody calls.
    send 100 --seed=5 --from="$(date -u -d 'next monday 09:00' +%FT%RZ)"
    local sender=$started
    raises WebhooksFail "it takes none"
    raises WebhooksSuspended "it refuses them for 20 s"
    raises WebhooksWait "more party events"
    kill_own "$sender"
}

end_bad_endpoint() {
    rm -f "$work"/deliver-*.json
    kill_own "$deliver_process"
}

send_to_topic() { # options…; all of one account, in the background; sets $started
    # shellcheck disable=SC2046
    own_command simulate.log simulate --for=12h --seats=200 $(kafka_options) "$@"
}

provoke_by_failures() {
    kill_own "$streams_process"
    raises InstanceDown "kill -9"
    # With it, nothing would have to be restored.
    rm -rf "$work/streams"
    configure reads "" 20000
    start_own_streams --set streams.num.stream.threads=1
    ends InstanceDown "it runs again"
    raises StreamThreadDead "a thread fewer"
    raises LongRestore "20 kB of its state a second"
    kill_own "$streams_process"
    raises RoleDown "there is no other one"
    raises InstancesMissing "there is no other one"
    configure reads "" ""
}

stop_kafka() {
    kill -STOP "$demo"
    send 300 --seed=3
    without_kafka=$started
    raises KafkaAway "a broker that is stopped"
}

provoke_without_kafka() {
    raises SpoolOld "it is still stopped"
    raises SpoolFills "it is still stopped"
    raises SpoolFull "it is still stopped"
    raises BridgeRefuses "the spool is full"
    kill_own "$without_kafka"
    raises NoNotifications "none is taken"
    kill_own "$bridge_process"
    damage_spool
    start_own_bridge
    raises AccountsUnfetched "Kafka says to nobody which accounts it is to fetch"
    kill -CONT "$demo"
    raises SpoolDamaged "bytes of its queue are changed"
    ends KafkaAway "the broker goes on"
    ends SpoolFull "Kafka has what was in the spool"
}

# In the middle of the newest log of the queue.
damage_spool() {
    local file
    file=$(ls -S "$work"/spool/queue/*.log | head -n 1)
    printf 'damaged!' | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") / 2)) conv=notrunc 2>/dev/null
}

# Two instances share the partitions, and one of them reads slowly.
start_pair() {
    local name
    prefix=pair.
    # shellcheck disable=SC2046
    "${java[@]}" -jar "$jar" topics create $(kafka_options) --partitions=6 >>"$work/topics.log" 2>&1
    for name in quick slow; do
        # shellcheck disable=SC2046
        own_command "$name.log" streams $(kafka_options) --application-id=pair --state-dir="$work/$name" \
            --http-port="$([ $name = quick ] && echo "$own_streams" || echo "$own_slow")" --set streams.client.id="$name" \
            --set streams.main.consumer.max.partition.fetch.bytes=100000
        eval "${name}_process=$started"
    done
    # From here on, Prometheus knows of the second one.
    echo "[{\"targets\": [\"127.0.0.1:$own_slow\"], \"labels\": {\"namespace\": \"own\", \"pod\": \"own-callweave-slow-0\"}}]" \
        >"$work/slow.new" && mv "$work/slow.new" "$work/slow.json"
    both_run() { returns_data 'count(count by (pod) (callweave_clock_lag_seconds{namespace="own"} >= 0)) == 2'; }
    check "two instances run" within 120 both_run
}

# All notifications of one account: more than one core can process, or nearly, on any machine.
provoke_by_flood() {
    prefix=flood.
    # shellcheck disable=SC2046
    "${java[@]}" -jar "$jar" topics create $(kafka_options) --partitions=6 >>"$work/topics.log" 2>&1
    # shellcheck disable=SC2046
    own_command flood.log streams $(kafka_options) --application-id=flood --http-port="$own_streams" --state-dir="$work/flood"
    local flooded=$started
    # shellcheck disable=SC2046
    own_command simulate.log simulate --for=48h --seats=500 $(kafka_options) --seed=5 --rate=20000
    local sender=$started
    raises AccountFillsPartition "20,000 notifications a second"
    kill_own "$sender"
    kill_own "$flooded"
}

# What they send is over when they are killed.
provoke_by_too_much() {
    start_pair
    send_to_topic --seed=4 --rate=2000 --accounts=20
    local sender=$started
    configure reads slow-StreamThread-1-consumer 100000
    raises LagGrows "less is read than is sent"
    raises HopLagGrows "the other instance sends more to it than it reads"
    raises ClockLags "what has waited for a minute"
    configure reads slow-StreamThread-1-consumer 1
    raises NoProgress "it reads nothing at all"
    kill_own "$slow_process"
    # The other one cannot write any record. Only RecordRepeated is not provoked: no known record takes longer than a transaction may.
    configure largest pair.party-events 100
    raises StreamThreadsFail "a topic that takes no record"
    kill_own "$sender"
    kill_own "$quick_process"
}
