# For tests and trials only: the broker, the database and the registries that tests otherwise start as processes.
ARG RUNTIME
FROM ${RUNTIME}
COPY passwd group /etc/
COPY sh /bin/sh
COPY programs /usr/local/bin
COPY lib /opt/servers
HEALTHCHECK NONE
