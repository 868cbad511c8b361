package dev.longshore.gateway.session.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.longshore.gateway.session.domain.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** A file with one password, for its owner's eyes only. */
record PasswordFile(Path path) {

    /** What is in the file; a random one that is written there if nothing is. */
    String readOrMake(SecureRandom random) throws IOException {
        var found = Files.exists(path) ? Files.readString(path).strip() : "";
        if (!found.isEmpty()) {
            return found;
        }
        var password = PasswordHash.randomPassword(random);
        write(password);
        return password;
    }

    /** Never readable by others, not for a moment, and never half written. */
    private void write(String password) throws IOException {
        var folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var temporary = Files.createTempFile(folder, ".admin-password-", "", onlyOwner);
        try {
            Files.writeString(temporary, password + "\n");
            Files.move(temporary, path, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
