#!/usr/bin/env bash
# Makes the picture of README.md and docs/pipelines.md#report: the page of a simulated day in Debian's chromium. Needs ./callweave, chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."

type chromium >/dev/null || { echo "report-picture: install chromium" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./callweave simulate --seats 60 --from 2026-03-02T08:00:00Z --for 8h --seed 7 --deliver dropped=0.02% --out "$work/day.ndjson" 2>/dev/null
./callweave report "$work/day.ndjson" --zone Europe/Berlin --metrics-service-goal 80% --out "$work/report" 2>/dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" --force-device-scale-factor=1 \
    --window-size=1100,1260 --screenshot="$work/report.png" "file://$work/report/report.html" 2>/dev/null
[ -s "$work/report.png" ] || { echo "report-picture: the browser made no picture" >&2; exit 1; }
cp "$work/report.png" docs/report.png
