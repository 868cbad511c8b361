package dev.longshore.local;

import dev.longshore.local.machine.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The generated passwords of the embedded PostgreSQL: one for each service's role and one for the superuser. */
final class PostgresPasswords {

    private static final String SUPERUSER = "postgres";

    private final Properties passwords;

    private PostgresPasswords(Properties passwords) {
        this.passwords = passwords;
    }

    /** Reads the file, adding what is missing in it. */
    static PostgresPasswords in(Path file) throws IOException {
        var passwords = new Properties();
        if (Files.exists(file)) {
            try (var stream = Files.newInputStream(file)) {
                passwords.load(stream);
            }
        }
        var before = passwords.size();
        passwords.computeIfAbsent(SUPERUSER, _ -> generate());
        for (var service : Service.values()) {
            passwords.computeIfAbsent(service.database(), _ -> generate());
        }
        if (passwords.size() != before) {
            var text = new ByteArrayOutputStream();
            passwords.store(text, "Of the PostgreSQL that Longshore starts itself");
            PrivateFiles.write(file, text.toByteArray());
        }
        return new PostgresPasswords(passwords);
    }

    String superuser() {
        return passwords.getProperty(SUPERUSER);
    }

    String of(Service service) {
        return passwords.getProperty(service.database());
    }

    Map<String, String> byDatabase() {
        return Arrays.stream(Service.values())
                .map(Service::database)
                .collect(Collectors.toMap(Function.identity(), passwords::getProperty));
    }

    private static String generate() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
