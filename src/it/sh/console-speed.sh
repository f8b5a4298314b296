#!/usr/bin/env bash
# How quick a console with 100,000 calls is, beside baselines of the same run: its start (RebuildTimes), and its page in Chromium
# (PageSpeed). Fails if it is too slow. Takes some two minutes.
set -euo pipefail
cd "$(dirname "$0")/../../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mvn -B -ntp -q -pl src/it -am test-compile dependency:build-classpath -Dmdep.outputFile="$folder/classes" -Dmdep.includeScope=test
for bench in load.RebuildTimes PageSpeed; do
    CALLWEAVE_LOG_LEVEL=WARN java -Xmx1g -Djava.io.tmpdir="$folder" -Dcallweave.ci=true -Dlogback.configurationFile=logback.xml \
        -cp "src/it/target/test-classes:$(cat "$folder/classes")" "io.callweave.cli.console.$bench"
done
