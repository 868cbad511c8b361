package dev.longshore.gateway.session.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

    @TempDir
    Path home;

    private final SecureRandom random = new SecureRandom();

    @Test
    void writesARandomPasswordForTheOwnerAlone() throws IOException {
        var file = home.resolve("new/admin-password");

        var password = new PasswordFile(file).readOrMake(random);

        assertThat(password).hasSizeGreaterThanOrEqualTo(24);
        assertThat(Files.readString(file)).isEqualTo(password + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void takesThePasswordThatAnOperatorPutThere() throws IOException {
        var file = Files.writeString(home.resolve("admin-password"), "of my choice\n");

        assertThat(new PasswordFile(file).readOrMake(random)).isEqualTo("of my choice");
    }

    @Test
    void doesNotTakeAnEmptyFileForAPassword() throws IOException {
        var file = Files.writeString(home.resolve("admin-password"), "\n");

        assertThat(new PasswordFile(file).readOrMake(random)).isNotEmpty();
    }
}
