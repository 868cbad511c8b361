package dev.longshore.config.rest;

import dev.longshore.events.ConfigEvent.Limits;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shape of a registry, for the API's description. Reading it is strict, and done by the domain. */
@Schema(name = "Registry")
record RegistryDocument(
        @Schema(
                required = true,
                enumeration = {
                    "distribution",
                    "harbor",
                    "nexus",
                    "artifactory",
                    "quay",
                    "docker-hub",
                    "ghcr",
                    "gitlab",
                    "ecr",
                    "gcr",
                    "gar",
                    "acr",
                    "zot"
                })
        String vendor,

        @Schema(required = true, examples = "https://registry.corp:5000")
        URI url,

        @Schema(description = "Under which addresses clusters and vendors speak of it; by default that of the URL")
        List<String> hosts,

        @Schema(defaultValue = "default") String project,

        @Schema(
                enumeration = {"enforce", "observe"},
                defaultValue = "enforce")
        String mode,

        Credentials credentials,
        Tls tls,
        Webhook webhook,

        @Schema(description = "10s to 30d", defaultValue = "15m")
        String reconcileEvery,

        @Schema(description = "Named where the registry has no catalogue")
        List<String> repositories,

        Limits limits,

        @Schema(description = "Whether loopback and private addresses may be reached", defaultValue = "false")
        boolean allowPrivateAddresses) {

    private static final String SECRET =
            "Never shown. Instead of a text: {\"fromFile\": \"name\"} or {\"fromEnv\": \"NAME\"}. Left out: as it is; null: none";

    /** Who Longshore is to the registry. */
    @Schema(name = "RegistryCredentials")
    record Credentials(
            @Schema(
                    enumeration = {"none", "basic", "token"},
                    defaultValue = "none")
            String type,

            @Nullable String username,

            @Schema(description = SECRET, writeOnly = true) @Nullable
            String password,

            @Schema(description = SECRET, writeOnly = true) @Nullable
            String token) {}

    /** In PEM. */
    @Schema(name = "RegistryTls")
    record Tls(
            @Schema(defaultValue = "true") boolean verify,
            @Nullable String caBundle,
            @Nullable String clientCertificate,

            @Schema(description = SECRET, writeOnly = true) @Nullable
            String clientKey) {}

    /** How the registry's notifications are known to be its own. */
    @Schema(name = "RegistryWebhook")
    record Webhook(
            @Schema(description = SECRET, writeOnly = true) @Nullable
            String secret,

            @Schema(description = SECRET, writeOnly = true) @Nullable
            String previousSecret,

            @Schema(defaultValue = "Authorization") String header) {}
}
