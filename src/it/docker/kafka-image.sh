#!/usr/bin/env bash
# Builds the images of the container tests from Debian packages and Maven Central, without a container registry. As root;
# needs docker.io, mmdebstrap, binutils, a JDK and Maven. With a registry the official image does as well, without this script:
#   docker pull apache/kafka:4.4.0 && mvn verify
#
#   callweave-test/jre    Debian's essentials and a Java runtime made of this machine's JDK
#   callweave-test/kafka  and Kafka's jars; starts as apache/kafka does, so Testcontainers takes it for that
set -euo pipefail
cd "$(dirname "$0")/../../.."

kafka=${KAFKA_VERSION:-$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' pom.xml)}
suite=${SUITE:-bookworm}
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
here=$PWD/src/it/docker
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { echo "[$(date +%T)] $*"; }

if docker image inspect "callweave-test/kafka:$kafka" >/dev/null 2>&1 && [ -z "${REBUILD:-}" ]; then
    say "callweave-test/kafka:$kafka is there already (REBUILD=1 builds it anew)"
    exit 0
fi

say "root file system: Debian $suite"
# RocksDB needs libstdc++.
mmdebstrap --variant=essential --include=ca-certificates,bash,procps,passwd,libstdc++6 \
    "$suite" "$work/rootfs.tar" 2>"$work/mmdebstrap.log" || { tail -n 20 "$work/mmdebstrap.log"; exit 1; }

say "Java runtime: $jdk"
modules=java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.naming.dns,jdk.zipfs,jdk.jfr,jdk.httpserver
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$work/jre"

say "jars: Kafka $kafka"
mkdir -p "$work/kafka"
sed "s/@KAFKA_VERSION@/$kafka/" "$here/kafka-pom.xml" >"$work/pom.xml"
mvn -B -ntp -q -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$work/kafka/libs"

say "images"
cp "$here/Dockerfile.jre" "$here/Dockerfile.kafka" "$here/log4j2.xml" "$here/run" "$work/"
cd "$work"
# Debian's Docker has only the legacy builder.
export DOCKER_BUILDKIT=0
docker build -q -f Dockerfile.jre -t callweave-test/jre:local .
docker build -q -f Dockerfile.kafka -t "callweave-test/kafka:$kafka" .
say "done"
