# Two images out of the release archive, which "mvn package" leaves in target/:
#
#   docker build --target callweave       -t callweave .        what a cluster runs
#   docker build --target callweave-tools -t callweave-tools .  and the embedded broker, the simulator and the benchmarks
#
# The legacy builder and BuildKit both take it. docs/run.md says how to run them.
#
# JDK_IMAGE   a JDK with jlink, of the Java release that the image is to have; with objcopy if it comes with debug symbols, as Debian's does
# BASE_IMAGE  Debian or Ubuntu; libstdc++6 and libjemalloc2 are installed if it lacks them
#
# Both can end with a digest, such as debian:13-slim@sha256:…, so that nobody can exchange them; a label tells the base.
ARG JDK_IMAGE=eclipse-temurin:25
ARG BASE_IMAGE=debian:13-slim

FROM ${JDK_IMAGE} AS build
RUN jlink --output /out/java --strip-debug --no-header-files --no-man-pages --generate-cds-archive \
        --add-modules java.instrument,java.management.rmi,java.naming,java.net.http,java.security.sasl,java.sql,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs && \
    find /out/java -name '*.debuginfo' -delete && rm -f /out/java/lib/server/classes_nocoops.jsa
COPY src/docker/layers /layers
ADD target/callweave-*.tar.gz /archive/
RUN bash /layers

FROM ${BASE_IMAGE} AS base
ARG BASE_IMAGE
LABEL org.opencontainers.image.base.name="${BASE_IMAGE}"
RUN set -e; missing=''; \
    for package in libstdc++6 libjemalloc2; do dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"; done; \
    if [ -n "$missing" ]; then \
        apt-get update && apt-get install -y --no-install-recommends $missing && rm -rf /var/lib/apt/lists/*; \
    fi; \
    useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin callweave; \
    install -d -o callweave -g callweave /var/lib/callweave
COPY --from=build /out/java /opt/java
COPY --from=build /out/native /opt/callweave/native
COPY --from=build /out/lib /opt/callweave/lib
COPY src/docker/java.options src/docker/healthcheck /opt/callweave/
# Data goes to /var/lib/callweave unless a setting names another folder; from outside a container loopback cannot be reached.
ENV JAVA_HOME=/opt/java \
    PATH=/opt/callweave:/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 \
    LD_PRELOAD=libjemalloc.so.2 \
    XDG_STATE_HOME=/var/lib \
    CALLWEAVE_HTTP_HOST=0.0.0.0 \
    CALLWEAVE_BRIDGE_HOST=0.0.0.0 \
    CALLWEAVE_DELIVER_API_HOST=0.0.0.0
WORKDIR /var/lib/callweave
# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001
EXPOSE 8080 8081 8082
HEALTHCHECK --interval=5s --timeout=3s --start-period=180s --retries=3 CMD ["/opt/callweave/healthcheck"]
ENTRYPOINT ["/opt/callweave/callweave"]
CMD ["--help"]

FROM base AS callweave
COPY --from=build /out/common /opt/callweave
COPY --from=build /out/callweave /opt/callweave

FROM base AS callweave-tools
COPY --from=build /out/tools-lib /opt/callweave/tools-lib
COPY --from=build /out/common /opt/callweave
COPY --from=build /out/callweave /opt/callweave
COPY --from=build /out/callweave-tools /opt/callweave
