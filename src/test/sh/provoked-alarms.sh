# Part of alarms-test.sh: a bridge and an instance of streams on the broker of the demo, and everything happens to them that the
# alarms are for. The rules are those of the chart with another namespace, a tenth of a second for each minute of "for", windows of 15 s
# instead of minutes, 30 s instead of an hour and ten minutes instead of a day, and business hours that never end. Thresholds and
# expressions are the same.
#
# CallweaveNoProgress and CallweaveRecordRepeated cannot be provoked from outside: they need a step that takes longer than a
# transaction may. StandstillIT has such a step. CallweaveLagGrows, CallweaveHopLagGrows and CallweaveStreamThreadsFail were not seen
# firing in the time of a test. alarms.test.yaml has examples of all rules.
# shellcheck shell=bash disable=SC2154 # variables of alarms-test.sh

account=400001001
silent_account=400002002
own_token=its-token

own_rules() { # -z: an expression goes over several lines
    sed -Ez -e 's/namespace="calls"/namespace="own"/g; s/job=~"demo-/job=~"own-/g' \
        -e 's/( for: [0-9]+)m\n/\100ms\n/g; s/\[10m:1m\]/[15s:1s]/g; s/\[[0-9]+m\]/[15s]/g; s/offset [0-9]+m/offset 15s/g' \
        -e 's/\[1h\]/[30s]/g; s/\[1d\]/[10m]/g' \
        -e 's/(day_of_week\(\)\s+>=) [0-9]+/\1 0/; s/(day_of_week\(\)\s+<=) [0-9]+/\1 6/' \
        -e 's/(hour\(\)\s+>=) [0-9]+/\1 0/; s/(hour\(\)\s+<) [0-9]+/\1 24/' "$chart/alarms.rules.yaml"
}

fires() { returns_data "ALERTS{alertname=\"Callweave$1\",namespace=\"own\",alertstate=\"firing\"}"; }
is_quiet() { ! fires "$1"; }
raises() { check "raises $1: $2" within 90 fires "$1"; } # alarm, by what
ends() { check "ends $1: $2" within 90 is_quiet "$1"; }

own_command() { # log, arguments…; sets $started
    local log=$1
    shift
    CALLWEAVE_LOG_LEVEL=WARN "${java[@]}" -Xmx512m -jar "$jar" "$@" >>"$work/$log" 2>&1 </dev/null &
    started=$!
    processes+=("$started")
}

kafka_options() { echo "--bootstrap-servers=127.0.0.1:$kafka_port --topics-prefix=own."; }

start_own_bridge() {
    # shellcheck disable=SC2046
    own_command bridge.log bridge $(kafka_options) --bridge-port="$own_webhooks" --http-port="$own_bridge" \
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

# A machine that does a tenth of what it should.
slow_down() { # process
    while kill -STOP "$1" 2>/dev/null; do
        sleep 0.9
        kill -CONT "$1" 2>/dev/null
        sleep 0.1
    done
}

own_accounts() { # further lines; renamed into its place, so that the bridge never reads a half
    printf '%s\n' "account.$account.tokens=$own_token" "account.$silent_account.tokens=$own_token" "$@" >"$work/accounts.new"
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
    start_own_streams --set streams.num.stream.threads=2
}

own_webhook() { # token, body
    post "127.0.0.1:$own_webhooks" "/webhooks/$account" "$@"
}

notification() { # sequence, status
    printf '{"event":"/restapi/v1.0/account/%s/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","body":{"telephonySessionId":"s-1","sequence":%s,"eventTime":"2026-03-02T09:00:00Z","parties":[{"id":"p-1-1","extensionId":"104","direction":"Inbound","status":{"code":"%s"}}]}}' \
        "$account" "$1" "$2"
}

provoke_by_input() {
    send 600
    local flood=$started
    raises AccountFloods "600 notifications a second"
    raises DeliveryLags "notifications of another day"
    kill_own "$flood"
    # What is partial or late must be more than it was before.
    send 100 --seed=2 --deliver=dropped=15%,shuffled=10m
    local bad=$started
    own_webhook "$own_token" 'not JSON'
    own_webhook "$own_token" "$(notification 2 Teleported)"
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

send_to_topic() { # options…; all of one account, in the background; sets $started
    # shellcheck disable=SC2046
    own_command simulate.log simulate --for=12h --seats=200 $(kafka_options) "$@"
}

provoke_by_failures() {
    kill_own "$streams_process"
    raises InstanceDown "kill -9"
    # For later, when it has waited for more than a minute.
    send_to_topic --seed=5 --rate=10000
    local sender=$started
    # A restore that waits for each piece of the state; and a thread fewer than before.
    start_own_streams --set streams.num.stream.threads=1 --set streams.restore.consumer.fetch.min.bytes=50000000 \
        --set streams.restore.consumer.fetch.max.wait.ms=8000 --set streams.restore.consumer.max.poll.records=500
    ends InstanceDown "it runs again"
    raises StreamThreadDead "a thread fewer"
    raises LongRestore "slow reading"
    kill_own "$streams_process"
    kill_own "$sender"
}

provoke_without_kafka() {
    kill -STOP "$demo"
    send 300 --seed=3
    local sender=$started
    raises KafkaAway "a broker that is stopped"
    raises SpoolFills "it is still stopped"
    raises SpoolFull "it is still stopped"
    raises BridgeRefuses "the spool is full"
    kill_own "$sender"
    raises NoNotifications "none is taken"
    kill_own "$bridge_process"
    damage_spool
    kill -CONT "$demo"
    start_own_bridge
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

provoke_by_too_much() {
    start_own_streams
    within 90 returns_data 'max(callweave_clock_lag_seconds{namespace="own"}) > 0'
    slow_down "$streams_process" &
    processes+=("$!")
    local slow=$!
    send_to_topic --seed=4 --rate=3000
    local sender=$started
    raises ClockLags "what has waited for a minute"
    kill_own "$sender"
    kill "$slow"
    kill -CONT "$streams_process"
    kill_own "$streams_process"
}
