package dev.longshore.testkit.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The {@code config.yml} of Docker Distribution, 2 and 3 alike. */
record DistributionConfiguration(
        Path folder,
        int port,
        boolean deletes,
        @Nullable String htpasswd,
        RegistryProcess.@Nullable Notifications notifications) {

    Path write() throws IOException {
        var file = folder.resolve("config.yml");
        Files.writeString(file, base() + auth() + notificationEndpoint());
        return file;
    }

    private String base() {
        return """
                version: 0.1
                log:
                  level: warn
                  accesslog:
                    disabled: false
                storage:
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: %s
                  maintenance:
                    uploadpurging:
                      enabled: false
                http:
                  addr: 127.0.0.1:%d
                  secret: only-for-tests
                """.formatted(folder.resolve("data"), deletes, port);
    }

    private String auth() throws IOException {
        if (htpasswd == null) {
            return "";
        }
        var file = folder.resolve("htpasswd");
        Files.writeString(file, htpasswd + "\n");
        return """
                auth:
                  htpasswd:
                    realm: tests
                    path: %s
                """.formatted(file);
    }

    private String notificationEndpoint() {
        if (notifications == null) {
            return "";
        }
        var headers = new StringBuilder();
        notifications
                .headers()
                .forEach((name, value) -> headers.append("        %s: [\"%s\"]\n".formatted(name, value)));
        return """
                notifications:
                  endpoints:
                    - name: longshore
                      url: %s
                      timeout: 5s
                      threshold: 5
                      backoff: 1s
                      ignoredmediatypes: [application/octet-stream]
                """.formatted(notifications.url()) + (headers.isEmpty() ? "" : "      headers:\n" + headers);
    }
}
