# One service: its libraries, itself, and its JVM's AOT cache, which was made with this very Java (deploy/images/build).
ARG RUNTIME
FROM ${RUNTIME}
ARG SERVICE
ARG PORT
COPY programs /usr/local/bin
COPY app/lib /opt/longshore/lib
COPY app/quarkus-run.jar /opt/longshore/
COPY app/quarkus /opt/longshore/quarkus
COPY app/app /opt/longshore/app
COPY app.aot /opt/longshore/app.aot
ENV QUARKUS_HTTP_PORT=${PORT}
EXPOSE ${PORT}
LABEL org.opencontainers.image.title="${SERVICE}"
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/opt/longshore/app.aot", "-jar", "/opt/longshore/quarkus-run.jar"]
