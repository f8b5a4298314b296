#!/bin/sh
# Builds with Flink and PostgreSQL's driver, and runs "bench competitors": src/tools/competitors/competitors.sh --rounds 2
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
built=$project/target/competitors

(cd "$project" && mvn -q -B -ntp -Pcompetitors -DskipTests -Dspotless.check.skip test-compile \
    dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$built/classpath") >&2
# The same options as those of the subjects: see CompetitorClient.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseParallelGC -Xmx2g -XX:-UseDynamicNumberOfCompilerThreads \
    -Dcallweave.command=./callweave -Dcallweave.competitors.flink-libraries="$built/flink" \
    -cp "$built/test-classes:$built/classes:$(cat "$built/classpath")" \
    io.callweave.bench.competitors.CompetitorsCommand bench competitors "$@"
