#!/usr/bin/env bash
# Measures in one run what docs/performance.md shows: figures and curves to docs/performance, and from there to the page. Takes one
# to two hours of an idle machine with 2 processors and 16 GB, and needs PostgreSQL. With the argument "try": the same in tiny, some
# ten minutes, to target/performance, and the page stays.
set -euo pipefail
cd "$(dirname "$0")/../.."

export LC_ALL=C.UTF-8
logs=target/performance
if [ "${1:-}" = try ]; then
    to=$logs
    topology=(--events 5000 --warm-up 5000 --rounds 1)
    competitors=(--events 5000 --warm-up 5000 --rounds 1)
    scale=(--events 5000 --warm-up 5000 --rounds 1 --most 5000)
    latency=(--warm-up 3 --seconds 5)
    bridge=(--seconds 2)
    correctness=(--calls 300)
else
    to=docs/performance
    topology=(--rounds 5)
    competitors=(--events 150000 --warm-up 300000 --rounds 3)
    scale=(--events 100000 --warm-up 300000 --rounds 2 --most 100000)
    latency=(--warm-up 90)
    bridge=()
    correctness=()
fi
mkdir -p "$to" "$logs"

# $1: what, which names the file; then the arguments of bench.
measure() {
    local what=$1
    shift
    echo "performance: bench $*"
    ./callweave bench "$@" --json "$to/$what.json" >"$logs/$what.log" 2>&1 || {
        echo "performance: this failed; what it said is in $logs/$what.log" >&2
        exit 1
    }
}

measure topology topology --aged=0 "${topology[@]}"
measure latency latency "${latency[@]}"
measure latency-account latency "${latency[@]}" --partition-by account
measure latency-lost latency "${latency[@]}" --lost 0.04
measure bridge bridge "${bridge[@]}"
measure competitors competitors "${competitors[@]}"
measure scale scale "${scale[@]}" --svg "$to"
measure correctness correctness "${correctness[@]}"

[ "$to" = "$logs" ] || mvn -B -ntp -q test -Dtest=PerformanceDocumentationTest -Dcallweave.write-docs=true
