package dev.longshore.oci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longshore.oci.Digest;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamHashesTest {

    @ParameterizedTest
    @ValueSource(strings = {Digest.SHA256, Digest.SHA512})
    void agreeWithTheJdkHoweverTheContentIsCut(String algorithm) {
        var content = new byte[300_001];
        new Random(1).nextBytes(content);
        var expected = Digest.of(algorithm, content);

        var hash = StreamHashes.of(expected);
        hash.update(ByteBuffer.allocateDirect(100_000).put(content, 0, 100_000).flip());
        hash.update(ByteBuffer.wrap(content, 100_000, 1));
        hash.update(content, 100_001, 200_000);

        assertThat(Digest.from(algorithm, hash.digest())).isEqualTo(expected);
    }

    @Test
    void areNativeOnLinux() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");

        assertThat(StreamHashes.areNative()).isTrue();
        assertThat(StreamHashes.of(Digest.of(new byte[0])).getProvider().getName())
                .isEqualTo("AmazonCorrettoCryptoProvider");
    }

    @Test
    void doWithoutAProviderThatOffersNothing() {
        assertThat(StreamHashes.from(new Provider("empty", "1", "offers nothing") {}, Digest.SHA256))
                .isEmpty();
    }
}
