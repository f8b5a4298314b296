#!/usr/bin/env bash
# How long single steps take, such as reading a notification or writing a call record, in times of a baseline of the same run
# (src/tools/jmh/java). Fails if a step is too slow. Takes a little more than a minute.
set -euo pipefail
cd "$(dirname "$0")/../../.."
mvn -B -ntp -q -pl src/tools -am -Pjmh process-classes
java -Xmx512m -cp "$(cat src/tools/target/jmh-classpath)" io.callweave.jmh.Guard
