#!/usr/bin/env bash
# Webhooks in time: a healthy endpoint alone and beside bad ones, then posts a second to 50 endpoints (DeliverTimes). Takes some
# ten minutes of an idle machine. Arguments: seconds of each measurement, posts a second, rounds of the comparison.
set -euo pipefail
cd "$(dirname "$0")/../../.."
classes=$(mktemp)
trap 'rm -f "$classes"' EXIT
mvn -B -ntp -q -pl src/it -am test-compile dependency:build-classpath -Dmdep.outputFile="$classes" -Dmdep.includeScope=test
java -Xmx512m -cp "src/it/target/test-classes:$(cat "$classes")" io.callweave.cli.deliver.DeliverTimes \
    "${1:-30}" "${2:-1000}" "${3:-3}"
