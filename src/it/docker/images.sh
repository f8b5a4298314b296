#!/usr/bin/env bash
# Builds the project's own images, and what docker-compose.yml needs beside them, without a container registry: everything comes
# from Debian packages and the release archive in target/. As root, on Debian; needs docker.io and mmdebstrap.
# With a registry none of this is needed: docker build --target callweave .
#
#   callweave-test/debian:13         instead of debian:13-slim
#   callweave-test/jdk:25            instead of eclipse-temurin:25
#   callweave-test/prometheus:local  instead of prom/prometheus
#   callweave:local, callweave-tools:local
set -euo pipefail
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The builder that every Docker has; Debian's has no other one.
export DOCKER_BUILDKIT=0

say() { echo "[$(date +%T)] $*"; }
there() { docker image inspect "$1" >/dev/null 2>&1 && [ -z "${REBUILD:-}" ]; }

tree() { # packages, archive
    mmdebstrap --variant=essential --include="$1" trixie "$2" 2>"$work/mmdebstrap.log" ||
        { tail -n 20 "$work/mmdebstrap.log"; exit 1; }
}

if ! there callweave-test/debian:13; then
    say "base: Debian 13"
    tree ca-certificates,bash,libstdc++6,libjemalloc2,passwd "$work/debian.tar"
    docker import "$work/debian.tar" callweave-test/debian:13
    rm "$work/debian.tar"
fi
if ! there callweave-test/jdk:25; then
    say "JDK 25 of Debian 13"
    tree openjdk-25-jdk-headless,binutils "$work/jdk.tar"
    jlink=$(tar tf "$work/jdk.tar" | grep -E 'usr/lib/jvm/[^/]+/bin/jlink$')
    bin=/${jlink#./}
    docker import --change "ENV PATH=${bin%/jlink}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        "$work/jdk.tar" callweave-test/jdk:25
    rm "$work/jdk.tar"
fi
if ! there callweave-test/prometheus:local; then
    say "Prometheus of Debian"
    mkdir "$work/prometheus"
    (cd "$work/prometheus" && apt-get download -qq prometheus && dpkg-deb -x prometheus_*.deb .)
    docker build -q -t callweave-test/prometheus:local -f src/it/docker/Dockerfile.prometheus "$work/prometheus"
fi
for target in callweave callweave-tools; do
    say "$target"
    docker build -q --build-arg JDK_IMAGE=callweave-test/jdk:25 --build-arg BASE_IMAGE=callweave-test/debian:13 \
        --target "$target" -t "$target:local" .
done
docker image ls --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep callweave
say "done"
