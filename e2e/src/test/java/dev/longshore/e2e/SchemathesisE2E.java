package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.suite.Suite;
import dev.longshore.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the API document is sent what fits it and what does not, thousands of times: none may be answered by
 * an error of ours, or by what the document does not say.
 */
@Tag("long")
class SchemathesisE2E {

    private static final Path REPORT = Path.of(System.getProperty("longshore.root"), "e2e/target/schemathesis.txt");
    private static final int MINUTES = 30;

    @Test
    void everyOperationAnswersAsTheDocumentSays() throws IOException, InterruptedException {
        var suite = Suite.apart(
                "schemathesis",
                Map.of(
                        "LONGSHORE_LIMITS_IDENTITY",
                        "1000000",
                        "LONGSHORE_LIMITS_ADDRESS",
                        "1000000",
                        "LONGSHORE_LIMITS_SNAP",
                        "1000000"));
        var command = new ArrayList<>(List.of(
                Tools.built("schemathesis").toString(),
                "run",
                suite.door() + "/openapi",
                "--header",
                "Authorization: Bearer " + Api.admin(suite).token()));
        command.addAll(
                Files.readAllLines(Path.of(System.getProperty("longshore.root"), "deploy/tools/schemathesis/options")));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(REPORT.toFile())
                .start();

        var hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);

        process.destroy();
        assertThat(hasEnded).as("ended within %d minutes", MINUTES).isTrue();
        assertThat(process.exitValue()).as(Files.readString(REPORT)).isZero();
        assertThat(Api.nobody(suite).get("/").status()).isEqualTo(200);
        suite.down();
    }
}
