# What all services stand on: a base with a C library, and a Java of our own making (jlink). The base can be any with glibc.
ARG BASE=longshore/base:bookworm
FROM ${BASE}
COPY java /opt/java
COPY health /opt/longshore-health
ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin \
    JDK_JAVA_OPTIONS="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" \
    LONGSHORE_HOME=/var/lib/longshore \
    QUARKUS_HTTP_HOST=0.0.0.0
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/opt/java/bin/java", "-XX:TieredStopAtLevel=1", "-cp", "/opt/longshore-health", "Health"]
USER 65532:65532
WORKDIR /tmp
