#!/bin/sh
# Builds with the DSL, Flink and PostgreSQL's driver, and runs "bench" with them: src/tools/competitors/competitors.sh topology --rounds 2
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
built=$project/src/tools/target/competitors

(cd "$project" && mvn -q -B -ntp -pl src/tools -am -Pcompetitors -DskipTests -Dspotless.check.skip test-compile \
    dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$built/classpath") >&2
# Flink has a RocksDB of its own with the same names of classes, and its connector calls internals of older Kafka clients.
without() {
    tr ':' '\n' <"$built/classpath" | grep -vE "/($1)-[0-9][^/]*\.jar$" | paste -s -d : -
}
ours=$built/test-classes:$built/classes
# The same options as those of the subjects: see SubjectClient.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseParallelGC -Xmx2g -XX:-UseDynamicNumberOfCompilerThreads \
    -Dcallweave.command=./callweave \
    "-Dcallweave.competitors.flink-class-path=$built/flink/*:$ours:$(without 'rocksdbjni|kafka-clients')" \
    -cp "$ours:$(without frocksdbjni)" io.callweave.cli.bench.BenchCorrectnessCommand bench "$@"
