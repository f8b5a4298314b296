#!/usr/bin/env bash
# Runs every command that the README shows, top to bottom, as a newcomer would. Two differ: the demo ends by itself, and the whole
# build ("mvn … verify") is left to .ci/run, which runs it before this.
set -uo pipefail

project=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
cd "$project" || exit 1

fail() {
    echo "FAIL  $1"
    sed 's/^/      out: /' "$work/out" | tail -n 5
    sed 's/^/      err: /' "$work/err" | tail -n 20
    failures=$((failures + 1))
}

# The lines of the blocks that are marked as shell.
awk '/^```sh$/ {inside = 1; next} /^```/ {inside = 0} inside && NF' README.md >"$work/commands"
count=$(wc -l <"$work/commands")
[ "$count" -ge 3 ] || { echo "readme: only $count commands found in README.md"; exit 1; }

ran=0
while IFS= read -r shown; do
    command=$shown
    case $command in
        mvn*verify) echo "skip  $shown (run by .ci/run)"; continue ;;
        './callweave demo'*) command="$shown --for 20s" ;;
    esac
    if bash -c "$command" >"$work/out" 2>"$work/err" </dev/null; then
        ran=$((ran + 1))
        echo "ok    $command"
    else
        fail "$command: exit status $?"
        continue
    fi
    case $command in
        *' demo '*)
            [ "$(wc -l <"$work/out")" -ge 3 ] || fail "$command: fewer than three calls were shown" ;;
        *' run '*)
            # The README says how many records come, and shows the last line on stderr.
            [ "$(wc -l <"$work/out")" -eq 3 ] || fail "$command: not three records"
            grep -qxF -- "$(tail -n 1 "$work/err")" README.md || fail "$command: the README shows another summary" ;;
    esac
done <"$work/commands"

[ "$ran" -ge 2 ] || { echo "readme: only $ran commands were run"; exit 1; }
[ "$failures" -eq 0 ] || { echo "readme: $failures failed"; exit 1; }
echo "readme: all $ran commands passed"
