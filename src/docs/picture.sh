#!/usr/bin/env bash
# Makes the picture of the README from a real run: what "callweave demo" shows first. It is real time, so each run
# shows other times.
set -euo pipefail
cd "$(dirname "$0")/../.."

lines=8
width=100
run=$(mktemp)
readme=$(mktemp)
trap 'rm -f "$run" "$readme"' EXIT

export LC_ALL=C.UTF-8
./callweave demo --for 40s --seed 7 2>/dev/null | awk -v lines="$lines" 'NF && shown++ < lines' >"$run"
[ -s "$run" ] || { echo "picture: the demo showed no call" >&2; exit 1; }
[ "$(wc -L <"$run")" -le "$width" ] || { echo "picture: a line is wider than $width columns" >&2; exit 1; }

awk -v run="$run" '
    /^<!-- picture: begin -->$/ {
        print; print "```text"
        while ((getline line <run) > 0) print line
        print "```"; inside = 1; found = 1
    }
    /^<!-- picture: end -->$/ {inside = 0}
    !inside
    END {exit !found}' README.md >"$readme" || { echo "picture: README.md has no place for it" >&2; exit 1; }
cat "$readme" >README.md
