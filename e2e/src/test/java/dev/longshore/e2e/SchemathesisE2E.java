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

    private static final Path ROOT = Path.of(System.getProperty("longshore.root"));
    private static final Path REPORT = ROOT.resolve("e2e/target/schemathesis.txt");
    private static final Path SETTINGS = ROOT.resolve("deploy/tools/schemathesis");
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
        var admin = Api.admin(suite);
        // What rules name has to be there: see hooks.py.
        for (var name : List.of("left", "right")) {
            admin.demand(admin.put(
                    "/api/v1/registries/" + name,
                    "{\"vendor\": \"distribution\", \"url\": \"https://%s.invalid\"}".formatted(name)));
        }
        var command = new ArrayList<>(List.of(
                Tools.built("schemathesis").toString(),
                "--config-file",
                SETTINGS.resolve("schemathesis.toml").toString(),
                "run",
                suite.door() + "/openapi",
                "--header",
                "Authorization: Bearer " + admin.token()));
        command.addAll(Files.readAllLines(SETTINGS.resolve("options")));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(REPORT.toFile());
        builder.directory(REPORT.getParent().toFile());
        builder.environment().put("SCHEMATHESIS_HOOKS", "hooks");
        builder.environment().put("PYTHONPATH", SETTINGS.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var process = builder.start();

        var hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);

        process.destroy();
        assertThat(hasEnded).as("ended within %d minutes", MINUTES).isTrue();
        assertThat(process.exitValue()).as(Files.readString(REPORT)).isZero();
        assertThat(Api.nobody(suite).get("/").status()).isEqualTo(200);
        suite.down();
    }
}
