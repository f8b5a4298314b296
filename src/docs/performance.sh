#!/usr/bin/env bash
# Measures in one run what docs/performance.md and docs/performance/measurements.md show. Takes two to three hours of an idle machine with
# 2 processors, 24 GB and 60 GB of disk, and needs PostgreSQL and matplotlib. With the argument "try": a small version of it,
# fifteen to thirty minutes, whose figures stay in target/performance.
set -euo pipefail
cd "$(dirname "$0")/../.."

export LC_ALL=C.UTF-8
to=target/performance
case ${1:-} in
    try)
        topology=(--events 5000 --warm-up 5000 --rounds 1)
        competitors=(--events 5000 --warm-up 5000 --rounds 1)
        scale=(--events 5000 --warm-up 5000 --rounds 1 --most 5000)
        calls=("${scale[@]}")
        latency=(--warm-up 3 --seconds 5)
        half=("${latency[@]}")
        bridge=(--rate 5000 --warm-up 5 --seconds 2)
        correctness=(--calls 300)
        ;;
    '')
        topology=(--events 300000 --rounds 5)
        competitors=(--events 150000 --rounds 5)
        scale=(--warm-up 300000 --rounds 2)
        calls=("${scale[@]}" --most 1000000)
        latency=(--warm-up 90)
        half=(--rate 10000 --warm-up 90)
        bridge=(--rate 5000)
        correctness=()
        ;;
    *)
        echo "performance: the only argument is 'try', not '$1'" >&2
        exit 2
        ;;
esac
[ -n "$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null)" ] || {
    echo "performance: install PostgreSQL: apt-get install postgresql" >&2
    exit 1
}
python3 -c 'import matplotlib' 2>/dev/null || {
    echo "performance: install matplotlib: apt-get install python3-matplotlib" >&2
    exit 1
}
rm -rf "$to"
mkdir -p "$to"

# $1: what, which names the file; then the arguments of bench.
measure() {
    local what=$1
    shift
    echo "performance: bench $*"
    ./callweave bench "$@" --json "$to/$what.json" >"$to/$what.log" 2>&1 || {
        echo "performance: this failed; what it said is in $to/$what.log" >&2
        exit 1
    }
}

measure topology competitors topology --aged=0 --subjects callweave,callweave-account,dsl "${topology[@]}"
measure latency latency "${latency[@]}"
measure latency-account latency "${latency[@]}" --partition-by account
measure latency-lost latency "${latency[@]}" --lost 0.04
measure latency-lost-account latency "${latency[@]}" --lost 0.04 --partition-by account
measure latency-half latency "${half[@]}"
measure bridge bridge "${bridge[@]}"
measure competitors competitors topology --aged=0 "${competitors[@]}"
measure calls scale --curves live,settled "${calls[@]}"
measure scale scale --curves partitions,threads,accounts,linked "${scale[@]}"
measure correctness competitors correctness "${correctness[@]}"

for curves in calls scale; do
    python3 src/docs/curves.py "$to/$curves.json" "$to/$curves.svg"
done

[ "${1:-}" != try ] || exit 0
# Together, so that the page never has figures of two runs.
cp "$to"/*.json "$to"/*.svg docs/performance/
mvn -B -ntp -q test -Dtest=PerformanceDocumentationTest -Dcallweave.write-docs=true
