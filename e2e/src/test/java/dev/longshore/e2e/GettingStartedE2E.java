package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.e2e.suite.Command;
import dev.longshore.e2e.suite.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/getting-started.md} tells a newcomer to type, typed: each shell block of the page, in one shell. */
class GettingStartedE2E {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @Test
    void leadsWhereItSays() throws IOException {
        // Given
        var suite = Suite.shared();
        var blocks = BLOCK.matcher(Files.readString(Modules.root().resolve("docs/getting-started.md")))
                .results()
                .toList();
        assertThat(blocks.getFirst().group(1)).endsWith("./longshore up\n");
        var typed = blocks.stream().skip(1).map(block -> block.group(1)).collect(Collectors.joining("\n"));
        var script = Files.createTempFile("getting-started-", ".sh");
        Files.writeString(script, """
                set -euo pipefail
                trap 'kill $(jobs -p)' EXIT
                cd '%s'
                """.formatted(Modules.root()) + onFreePorts(typed, suite));

        // When
        var said = Command.run(Map.of("LONGSHORE_HOME", suite.home().toString()), "bash", script.toString())
                .demand();

        // Then
        Files.delete(script);
        assertThat(said)
                .contains("critical\tCVE-2021-44228\torg.apache.logging.log4j:log4j-core")
                .contains("exemption.created\texemptions/log4j")
                .containsPattern("image\\.copied\\s+right/shop/api:1\\.0")
                .containsPattern("(?m)^(sha256:[0-9a-f]{64})\n\\1$");
    }

    private static String onFreePorts(String typed, Suite suite) throws IOException {
        try (var left = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var right = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return typed.replace("http://127.0.0.1:8000", suite.door().toString())
                    .replace("127.0.0.1:5001", "127.0.0.1:" + left.getLocalPort())
                    .replace("127.0.0.1:5002", "127.0.0.1:" + right.getLocalPort());
        }
    }
}
