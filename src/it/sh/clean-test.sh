#!/usr/bin/env bash
# Runs what README and docs show and what needs no cluster, in a fresh clone. "git status" must be clean after each command.
set -uo pipefail

project=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=checks.sh
. "$project/src/it/sh/checks.sh"

clone=$work/clone
git clone -q "$project" "$clone" && cd "$clone" || exit 1
# Built already: a build leaves only what is below target.
"$project/callweave" --version >/dev/null && mkdir target && cp -r "$project/target/launcher" target/ || exit 1

# What the pages take as given.
for file in notifications monday tuesday; do cp src/samples/real/csn-pstn-to-rc-ivr.ndjson $file.ndjson; done
gzip -k monday.ndjson
printf 'accountId,extensionId,name\n809646016,979428016,Dana C.\n' >extensions.csv

# The lines of blocks that are marked as shell, without those that need a cluster, another machine or a long time.
awk '/^ *```sh$/ {inside = 1; next} /^ *```/ {inside = 0} inside && NF {sub(/^ +/, ""); print}' README.md docs/*.md |
    grep -E '^(\./callweave|gunzip|openssl|mkdir warehouse|javac)' |
    grep -vE '://| --jar |bootstrap|callweave (bench|bridge|console|deliver|directory|local|replay|simulate --platform|streams|subscribe|topics (check|create))' |
    sort -u >"$work/all"
# What makes files or folders for others comes first.
makers='^mkdir|simulate .*>'
{ grep -E "$makers" "$work/all"; grep -vE "$makers" "$work/all"; } >"$work/commands"
check "there are commands" test "$(wc -l <"$work/commands")" -ge 15

while IFS= read -r command; do
    status=0
    case $command in
        './callweave demo') command="$command --for 15s" ;;
        *' explain '*) command=${command/ --call */ --call s-718107795d564867a6f635fd81e89940} ;;
    esac
    bash -c "$command" >"$work/out" 2>"$work/err" </dev/null || status=$?
    check "$command" status_is 0
    git status --porcelain >"$work/err"
    check "git status is clean after it" test ! -s "$work/err"
done <"$work/commands"

end_of_checks clean
