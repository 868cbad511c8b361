package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.RegistrySpec.CredentialType;
import dev.longshore.config.domain.RegistrySpec.Credentials;
import dev.longshore.config.domain.RegistrySpec.Mode;
import dev.longshore.config.domain.RegistrySpec.Tls;
import dev.longshore.config.domain.RegistrySpec.Webhook;
import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Choices;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Input;
import dev.longshore.config.domain.input.Pem;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.events.ConfigEvent.Limits;
import dev.longshore.events.ErrorCode;
import dev.longshore.oci.Names;
import dev.longshore.registries.Vendor;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a registry, its secrets apart. */
public final class RegistryParser {

    private static final Duration RECONCILED = Duration.ofMinutes(15);
    private static final Duration MOST_OFTEN = Duration.ofSeconds(10);
    private static final Duration MOST_SELDOM = Duration.ofDays(30);
    private static final Set<String> LATER = Set.of("oauth2", "aws", "gcp", "azure");
    private static final Check HOST = Check.matching(
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?"),
            "an address such as nexus.corp:5000");
    private static final Check HEADER =
            Check.matching(Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}"), "the name of a header");
    private static final Check USERNAME =
            Check.matching(Pattern.compile("[^:\\p{Cntrl}]{1,255}"), "a user name (no colon, no control characters)");

    private RegistryParser() {}

    public static RegistryDraft parse(String name, JsonNode body) {
        return Input.parse(name, body, RegistryParser::read);
    }

    private static RegistryDraft read(Fields fields) {
        var secrets = new EnumMap<SecretField, GivenSecret>(SecretField.class);
        var url = url(fields);
        var isWithCredentials = fields.isGiven("credentials") && !fields.isNull("credentials");
        var credentials = fields.object("credentials", given -> credentials(given, isWithCredentials, secrets));
        var tls = fields.object("tls", given -> tls(given, secrets));
        var spec = new RegistrySpec(
                fields.text("project", ResourceNames.named()).orElse(ResourceNames.DEFAULT_PROJECT),
                vendor(fields),
                url,
                fields.texts("hosts", List.of(url.getRawAuthority()), HOST),
                fields.choice("mode", "mode", Mode.class).orElse(Mode.ENFORCE),
                credentials,
                tls,
                fields.object("webhook", given -> webhook(given, secrets)),
                fields.duration("reconcileEvery", MOST_OFTEN, MOST_SELDOM).orElse(RECONCILED),
                fields.texts("repositories", List.of(), Check.parsedBy(Names::repository)),
                fields.object("limits", RegistryParser::limits),
                fields.flag("allowPrivateAddresses", false));
        return new RegistryDraft(spec, secrets);
    }

    private static Vendor vendor(Fields fields) {
        return fields.text("vendor", Check.none())
                .flatMap(text -> {
                    var problem = Check.parsedBy(Vendor::parse).problem(text);
                    problem.ifPresent(detail -> fields.refuse("vendor", ErrorCode.UNKNOWN_VENDOR, detail));
                    return problem.isPresent() ? Optional.empty() : Optional.of(Vendor.parse(text));
                })
                .orElseGet(() -> {
                    fields.require("vendor");
                    return Vendor.DISTRIBUTION;
                });
    }

    private static URI url(Fields fields) {
        fields.require("url");
        return fields.text("url", Check.none())
                .filter(text -> !text.isBlank())
                .flatMap(text -> RegistryUrl.parse(text, detail -> fields.refuse("url", ErrorCode.INVALID_URL, detail)))
                .orElse(URI.create("https://registry.invalid"));
    }

    private static Credentials credentials(Fields fields, boolean isGiven, Map<SecretField, GivenSecret> secrets) {
        if (isGiven) {
            fields.require("type");
        }
        var known = fields.text("type", RegistryParser::typeProblem);
        if (known.isEmpty() && fields.isText("type")) {
            // What else such credentials have is not looked at, so as not to blame it.
            fields.ignoreOthers();
        }
        var type =
                known.flatMap(text -> Choices.find(CredentialType.class, text)).orElse(CredentialType.NONE);
        return switch (type) {
            case NONE -> new Credentials(type, null);
            case BASIC -> {
                GivenSecrets.read(fields, "password", GivenSecrets.ANY)
                        .ifPresent(given -> secrets.put(SecretField.PASSWORD, given));
                yield new Credentials(type, fields.requiredText("username", USERNAME));
            }
            case TOKEN -> {
                GivenSecrets.read(fields, "token", GivenSecrets.VISIBLE)
                        .ifPresent(given -> secrets.put(SecretField.TOKEN, given));
                yield new Credentials(type, null);
            }
        };
    }

    private static Optional<String> typeProblem(String type) {
        if (LATER.contains(type)) {
            return Optional.of("Credentials of type %s are not supported yet; supported are none, basic, token"
                    .formatted(Quoted.of(type)));
        }
        return Choices.find(CredentialType.class, type).isPresent()
                ? Optional.empty()
                : Optional.of(Choices.unknown(CredentialType.class, "type of credentials", type));
    }

    private static Tls tls(Fields fields, Map<SecretField, GivenSecret> secrets) {
        GivenSecrets.read(fields, "clientKey", GivenSecrets.PRIVATE_KEY)
                .ifPresent(given -> secrets.put(SecretField.CLIENT_KEY, given));
        var certificate = fields.text("clientCertificate", Pem.LONGEST, Pem::certificateProblem)
                .orElse(null);
        var isKeyGiven = fields.isGiven("clientKey") && !fields.isNull("clientKey");
        if (isKeyGiven && !fields.isGiven("clientCertificate")) {
            fields.refuse(
                    "clientKey", ErrorCode.INVALID_REQUEST, "A client's key is given together with its certificate");
        }
        return new Tls(
                fields.flag("verify", true),
                fields.text("caBundle", Pem.LONGEST, Pem::certificateProblem).orElse(null),
                certificate);
    }

    private static Webhook webhook(Fields fields, Map<SecretField, GivenSecret> secrets) {
        GivenSecrets.read(fields, "secret", GivenSecrets.ANY)
                .ifPresent(given -> secrets.put(SecretField.WEBHOOK_SECRET, given));
        GivenSecrets.read(fields, "previousSecret", GivenSecrets.ANY)
                .ifPresent(given -> secrets.put(SecretField.PREVIOUS_WEBHOOK_SECRET, given));
        return new Webhook(fields.text("header", HEADER).orElse("Authorization"));
    }

    private static Limits limits(Fields fields) {
        var bytes = fields.wholeNumber("bytesPerSecond", 1, Long.MAX_VALUE);
        return new Limits(
                fields.number("concurrency", 6, 1, 256),
                fields.positiveNumber("requestsPerSecond").orElse(null),
                bytes.isPresent() ? bytes.getAsLong() : null,
                fields.number("pullsFloor", 20, 0, 1_000_000));
    }
}
