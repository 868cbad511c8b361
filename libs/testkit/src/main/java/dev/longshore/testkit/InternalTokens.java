package dev.longshore.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokens by which the gateway tells a service who asks, for tests of a service without a gateway. The keys lie in
 * the {@code keys} folder of a {@code LONGSHORE_HOME}, as an installation's do; whatever asks for the same folder, from
 * whichever class loader, signs with the same key.
 */
public final class InternalTokens {

    private static final String PKCS8 = "internal-signing.pkcs8";
    private static final Pattern KEY_ID = Pattern.compile("\"kid\":\"([^\"]+)\"");
    private static final Duration LIFE = Duration.ofSeconds(60);

    private final PrivateKey key;
    private final String keyId;

    private InternalTokens(PrivateKey key, String keyId) {
        this.key = key;
        this.keyId = keyId;
    }

    /** Those of this folder; its {@code keys/internal-signing.jwk} and {@code keys/internal-jwks.json} are made if missing. */
    public static synchronized InternalTokens in(Path home) {
        try {
            var keys = Files.createDirectories(home.resolve("keys"));
            var pkcs8 = keys.resolve(PKCS8);
            if (!Files.exists(pkcs8)) {
                generate(keys);
            }
            var matcher = KEY_ID.matcher(Files.readString(keys.resolve("internal-signing.jwk")));
            if (!matcher.find()) {
                throw new IllegalStateException("The key in " + keys + " has no kid");
            }
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(Files.readString(pkcs8)));
            return new InternalTokens(KeyFactory.getInstance("EC").generatePrivate(spec), matcher.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not keep the signing key", failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Could not make the signing key", failure);
        }
    }

    /** A new folder that has keys, to be a service's {@code LONGSHORE_HOME}. */
    public static Path newHome() {
        try {
            var home = Files.createTempDirectory("longshore-home-");
            in(home);
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not make a folder for the keys", failure);
        }
    }

    /** A token of an administrator for one service ({@code config-service}), as the gateway would make it now. */
    public String administrator(String service) {
        return everywhere("admin", service);
    }

    /** A token of someone who may do what is asked in every project. */
    public String everywhere(String name, String service) {
        return token(name, Set.of("*"), Set.of("*"), service, LIFE);
    }

    /** A token of someone who may do what is asked in one project alone, and sees no other. */
    public String member(String name, String project, String service) {
        return token(name, Set.of(project), Set.of(project), service, LIFE);
    }

    /** A token of someone who sees one project, and may not do what is asked. */
    public String watcher(String name, String project, String service) {
        return token(name, Set.of(project), Set.of(), service, LIFE);
    }

    /**
     * Any token at all, also an expired one: {@code life} may be negative.
     *
     * @param visible projects, or {@code *}
     * @param permitted projects, or {@code *}
     */
    public String token(String name, Set<String> visible, Set<String> permitted, String service, Duration life) {
        return token(name, visible, permitted, service, life, "*");
    }

    /** A token of an administrator for one operation, as the gateway makes them: {@code GET /api/v1/registries}. */
    public String forOperation(String service, String operation, Duration life) {
        return token("admin", Set.of("*"), Set.of("*"), service, life, operation);
    }

    private String token(
            String name, Set<String> visible, Set<String> permitted, String service, Duration life, String operation) {
        var now = Instant.now();
        var issued = life.isNegative() ? now.plus(life).minus(LIFE) : now;
        var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(keyId);
        var claims = """
                {"iss":"longshore-gateway","aud":"%s","sub":"%s","visible":%s,"permitted":%s,"addr":"192.0.2.7","op":"%s",\
                "jti":"%s","iat":%d,"exp":%d}""".formatted(
                        service,
                        name,
                        array(visible),
                        array(permitted),
                        operation,
                        UUID.randomUUID(),
                        issued.getEpochSecond(),
                        now.plus(life).getEpochSecond());
        var signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private static String array(Set<String> names) {
        return names.stream()
                .sorted()
                .collect(Collectors.joining("\",\"", "[\"", "\"]"))
                .replace("[\"\"]", "[]");
    }

    private byte[] signature(String signed) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Could not sign", failure);
        }
    }

    private static void generate(Path keys) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var members =
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\""
                        .formatted(UUID.randomUUID(), coordinate(point.getAffineX()), coordinate(point.getAffineY()));
        var secret = coordinate(((ECPrivateKey) pair.getPrivate()).getS());
        write(keys.resolve("internal-jwks.json"), "{\"keys\":[{%s}]}\n".formatted(members));
        write(keys.resolve("internal-signing.jwk"), "{%s,\"d\":\"%s\"}\n".formatted(members, secret));
        // Last, as its presence says that all is there. The JDK reads no JWK.
        write(
                keys.resolve(PKCS8),
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }

    private static void write(Path file, String text) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var partial = Files.createTempFile(file.getParent(), "new-", ".tmp", onlyOwner);
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Big-endian in exactly 32 bytes, where Java gives a sign byte too many or leaves out zeros. */
    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[32];
        var used = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - used, fixed, fixed.length - used, used);
        Arrays.fill(bytes, (byte) 0);
        return base64(fixed);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
