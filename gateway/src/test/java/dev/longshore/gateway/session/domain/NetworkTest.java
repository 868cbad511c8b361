package dev.longshore.gateway.session.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::9, 20010db800010002/64",
        "2001:db8:1:3::9, 20010db800010003/64",
        "::ffff:192.0.2.7, 192.0.2.7",
        "elsewhere, elsewhere"
    })
    void tellsWhereSomeoneIs(String address, String network) {
        assertThat(Network.of(address)).isEqualTo(network);
    }
}
