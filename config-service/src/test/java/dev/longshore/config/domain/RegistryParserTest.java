package dev.longshore.config.domain;

import static dev.longshore.config.domain.Specs.json;
import static dev.longshore.config.domain.Specs.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.config.domain.RegistrySpec.Mode;
import dev.longshore.registries.Vendor;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryParserTest {

    private static RegistryDraft parse(String text) {
        return RegistryParser.parse("left", json(text));
    }

    private static String withUrl(String url) {
        return "{'vendor': 'distribution', 'url': '" + url + "'}";
    }

    private static String with(String more) {
        return "{'vendor': 'distribution', 'url': 'https://r.corp', " + more + "}";
    }

    @Test
    void whatIsNotSaidHasADefault() {
        var registry = parse(withUrl("HTTPS://Registry.Corp:5000/")).spec();

        assertThat(registry.url()).isEqualTo(URI.create("https://registry.corp:5000"));
        assertThat(registry.hosts()).containsExactly("registry.corp:5000");
        assertThat(registry.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(registry.tls().verify()).isTrue();
        assertThat(registry.webhook().header()).isEqualTo("Authorization");
        assertThat(registry.reconcileEvery()).isEqualTo(Duration.ofMinutes(15));
        assertThat(registry.limits().concurrency()).isEqualTo(6);
        assertThat(registry.allowPrivateAddresses()).isFalse();
        assertThat(RegistryParser.parse("left", SpecJson.of(registry)).spec()).isEqualTo(registry);
    }

    @ParameterizedTest
    @EnumSource
    void everyVendorIsKnown(Vendor vendor) {
        assertThat(parse("{'vendor': '" + vendor + "', 'url': 'https://r.corp'}")
                        .spec()
                        .vendor())
                .isEqualTo(vendor);
    }

    @Test
    void secretsAreReadApart() {
        var draft = parse(with("'credentials': {'type': 'basic', 'username': 'ci', 'password': 'pw'},"
                + " 'webhook': {'secret': {'fromFile': 'left/webhook'}, 'previousSecret': null}"));

        assertThat(draft.secrets())
                .containsEntry(SecretField.PASSWORD, new GivenSecret.Value("pw"))
                .containsEntry(SecretField.WEBHOOK_SECRET, new GivenSecret.FromFile("left/webhook"))
                .containsEntry(SecretField.PREVIOUS_WEBHOOK_SECRET, new GivenSecret.Removed());
        assertThat(SpecJson.of(draft.spec()).toString()).doesNotContain("pw").doesNotContain("left/webhook");
        assertThat(draft.toString()).doesNotContain("pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "registry",
                "registry.corp",
                "ftp://r.corp",
                "https://",
                "https:///v2",
                "https://r corp",
                "https://r.corp?x=1",
                "https://r.corp#x",
                "https://r.corp:0",
                "https://r.corp:70000",
                "https://r.corp/v2/",
                "https://r.corp//a",
                "file:///etc/passwd",
                "https://r_corp"
            })
    void whatIsNoUrlOfARegistry(String url) {
        assertThat(wrong(body -> RegistryParser.parse("left", body), withUrl(url)))
                .containsAnyOf("invalid-url\n/url ", "invalid-request\n/url /url is missing");
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotQuoted() {
        assertThat(wrong(body -> RegistryParser.parse("left", body), withUrl("https://ci:hunter2@r.corp")))
                .startsWith("invalid-url\n/url ")
                .doesNotContain("hunter2");
    }

    @Test
    void aVendorThatIsNotKnownIsNamedWithThoseThatAre() {
        assertThat(wrong(
                        body -> RegistryParser.parse("left", body), "{'vendor': 'dockerhub', 'url': 'https://r.corp'}"))
                .startsWith("unknown-vendor\n/vendor The vendor 'dockerhub' is not known; known are distribution, ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'credentials': {'type': 'aws', 'region': 'eu-west-1'} | invalid-request | /credentials/type
                    'credentials': {}                                     | invalid-request | /credentials/type
                    'credentials': {'type': 'kerberos'}                   | invalid-request | /credentials/type
                    'credentials': {'type': 'basic', 'password': 'x'}     | invalid-request | /credentials/username
                    'credentials': {'type': 'basic', 'username': 'a:b', 'password': 'x'} | invalid-request | /credentials/username
                    'credentials': {'type': 'basic', 'username': 'a', 'token': 'x'} | unknown-field | /credentials/token
                    'credentials': {'type': 'token', 'token': 'a b'}      | invalid-request | /credentials/token
                    'credentials': {'type': 'token', 'token': {'fromFile': '../etc/passwd'}} | invalid-request | /credentials/token/fromFile
                    'credentials': {'type': 'token', 'token': {'fromFile': 'a', 'fromEnv': 'B'}} | invalid-request | /credentials/token
                    'credentials': {'type': 'token', 'token': {'fromDockerConfig': true}} | invalid-request | /credentials/token/fromDockerConfig
                    'credentials': {'type': 'token', 'token': {}}         | invalid-request | /credentials/token
                    'tls': {'caBundle': 'not pem'}                        | invalid-request | /tls/caBundle
                    'tls': {'clientKey': 'not pem'}                       | invalid-request | /tls/clientKey
                    'webhook': {'secret': ''}                             | invalid-request | /webhook/secret
                    'webhook': {'header': 'X Y'}                          | invalid-request | /webhook/header
                    'reconcileEvery': '1s'                                | invalid-request | /reconcileEvery
                    'repositories': ['Shop']                              | invalid-request | /repositories/0
                    'limits': {'concurrency': 0}                          | invalid-request | /limits/concurrency
                    'limits': {'requestsPerSecond': -1}                   | invalid-request | /limits/requestsPerSecond
                    'hosts': ['https://r.corp']                           | invalid-request | /hosts/0
                    'mode': 'watch'                                       | invalid-request | /mode
                    'allowPrivateAdresses': true                          | unknown-field   | /allowPrivateAdresses
                    """)
    void whatIsWrongIsNamed(String more, String code, String pointer) {
        assertThat(wrong(body -> RegistryParser.parse("left", body), with(more)))
                .startsWith(code + "\n" + pointer + " ");
    }
}
