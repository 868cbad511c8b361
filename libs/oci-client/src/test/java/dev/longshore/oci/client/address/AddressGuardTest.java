package dev.longshore.oci.client.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard strict = AddressGuard.of(false);
    private final AddressGuard lenient = AddressGuard.of(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "224.0.0.1",
                "239.255.255.255",
                "ff02::1",
                "255.255.255.255",
                "240.0.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2001:0:1:2:3:4:5601:5601"
            })
    void neverAllowsThese(String address) {
        assertThat(lenient.refusal(InetAddress.ofLiteral(address))).isPresent();
        assertThat(strict.refusal(InetAddress.ofLiteral(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "::1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "198.18.0.1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::"
            })
    void allowsPrivateOnesOnlyIfTold(String address) {
        assertThat(lenient.refusal(InetAddress.ofLiteral(address))).isEmpty();
        assertThat(strict.refusal(InetAddress.ofLiteral(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "11.0.0.1",
                "2606:4700::1111",
                "64:ff9b::808:808"
            })
    void allowsPublicOnes(String address) {
        assertThat(strict.refusal(InetAddress.ofLiteral(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "localhost", "[::1]"})
    void seesThroughOtherWaysToWriteAnAddress(String host) {
        assertThatExceptionOfType(ForbiddenAddressException.class).isThrownBy(() -> strict.check(host));
    }

    @Test
    void refusesAHostWithOneForbiddenAddressAmongGoodOnes() {
        var guard = AddressGuard.of(true, host ->
                new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("169.254.169.254")});

        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> guard.check("registry.example"))
                .withMessage("registry.example is at 169.254.169.254 (link-local), a forbidden address");
    }

    @Test
    void putsIpv4First() throws UnknownHostException {
        var guard = AddressGuard.of(true, host ->
                new InetAddress[] {InetAddress.ofLiteral("2606:4700::1111"), InetAddress.ofLiteral("8.8.8.8")});

        assertThat(guard.check("registry.example"))
                .containsExactly(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700::1111"));
    }
}
