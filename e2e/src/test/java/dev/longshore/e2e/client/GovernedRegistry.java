package dev.longshore.e2e.client;

import dev.longshore.e2e.suite.Command;
import dev.longshore.e2e.suite.Suite;
import dev.longshore.testkit.Tools;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A real registry with a user of its own, which notifies the suite; looked at and pushed to by its users' own tools. */
public final class GovernedRegistry implements AutoCloseable {

    public static final String USER = "ci";

    private final String name;
    private final RegistryProcess process;
    private final String password;
    private final String webhookSecret;
    private final Path clients;

    private GovernedRegistry(
            String name, RegistryProcess process, String password, String webhookSecret, Path clients) {
        this.name = name;
        this.process = process;
        this.password = password;
        this.webhookSecret = webhookSecret;
        this.clients = clients;
    }

    /** Started, not yet registered. */
    public static GovernedRegistry start(Suite suite, String name, Kind kind) {
        var password = "password-" + UUID.randomUUID();
        var secret = "webhook-" + UUID.randomUUID();
        var process = RegistryProcess.of(kind)
                .withUser(USER, password)
                .withNotifications(
                        suite.door().resolve("/webhooks/" + name), Map.of("Authorization", "Bearer " + secret))
                .start();
        try {
            var clients = Files.createTempDirectory("longshore-e2e-clients-");
            var login = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    clients.resolve("config.json"),
                    "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(process.host(), login));
            return new GovernedRegistry(name, process, password, secret, clients);
        } catch (IOException e) {
            process.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it known to the suite. */
    public GovernedRegistry register(Api api) {
        return registerAt(process.uri(), api);
    }

    /** Under another address, which leads there. */
    public GovernedRegistry registerAt(URI address, Api api) {
        return registerAt(address, api, "15m");
    }

    /** Listed so often, and an image is younger than a push that may still be going on for so long. */
    public GovernedRegistry registerAt(URI address, Api api, String reconcileEvery) {
        api.demand(api.put(
                "/api/v1/registries/" + name, """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true,
                 "credentials": {"type": "basic", "username": "%s", "password": "%s"}, "webhook": {"secret": "%s"},
                 "reconcileEvery": "%s"}""".formatted(address, USER, password, webhookSecret, reconcileEvery)));
        return this;
    }

    public String name() {
        return name;
    }

    public RegistryProcess process() {
        return process;
    }

    public String password() {
        return password;
    }

    public String webhookSecret() {
        return webhookSecret;
    }

    /** By skopeo, all platforms, digests as they are. */
    public void push(String repository, String tag, TestImage image) {
        try {
            var layout = Files.createTempDirectory(clients, "layout-");
            TestImages.writeLayout(layout, Map.of(tag, image));
            client(
                            "skopeo",
                            "copy",
                            "--quiet",
                            "--all",
                            "--preserve-digests",
                            "--dest-tls-verify=false",
                            "oci:" + layout + ":" + tag,
                            "docker://%s/%s:%s".formatted(process.host(), repository, tag))
                    .demand();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By regctl: an artifact that refers to the image. Its digest. */
    public String attach(String repository, String reference, String artifactType, String content) {
        try {
            var file = Files.writeString(Files.createTempFile(clients, "artifact-", ""), content);
            return regctl(
                            "artifact",
                            "put",
                            "--artifact-type",
                            artifactType,
                            "--file",
                            file.toString(),
                            "--file-media-type",
                            artifactType,
                            "--subject",
                            at(repository, reference),
                            "--format",
                            "{{ .Manifest.GetDescriptor.Digest }}")
                    .demand();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a tag or digest, as crane says. */
    public Optional<String> digest(String repository, String reference) {
        var said = client(Tools.path("crane").toString(), "digest", at(repository, reference));
        if (said.succeeded()) {
            return said.output().lines().reduce((_, last) -> last);
        }
        if (said.output().contains("MANIFEST_UNKNOWN") || said.output().contains("NAME_UNKNOWN")) {
            return Optional.empty();
        }
        throw new IllegalStateException(said.output());
    }

    /** What regctl finds to refer to the digest. */
    public String referrers(String repository, String digest) {
        return regctl(
                        "artifact",
                        "list",
                        "--format",
                        "{{ range .Descriptors }}{{ println .Digest }}{{ end }}",
                        at(repository, digest))
                .demand();
    }

    @Override
    public void close() {
        process.close();
    }

    private String at(String repository, String reference) {
        return process.host() + "/" + repository + (reference.contains(":") ? "@" : ":") + reference;
    }

    private Command regctl(String... arguments) {
        var line = new String[arguments.length + 5];
        line[0] = Tools.path("regctl").toString();
        line[1] = "--verbosity";
        line[2] = "error";
        line[3] = "--host";
        line[4] = "reg=%s,tls=disabled".formatted(process.host());
        System.arraycopy(arguments, 0, line, 5, arguments.length);
        return client(line);
    }

    private Command client(String... line) {
        return Command.run(
                Map.of(
                        "DOCKER_CONFIG", clients.toString(),
                        "REGISTRY_AUTH_FILE", clients.resolve("config.json").toString(),
                        "REGCTL_CONFIG", clients.resolve("regctl.json").toString()),
                line);
    }
}
