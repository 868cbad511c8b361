package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void hasThePortsThatTheDocumentationNames() {
        var settings = new Settings(Map.of());
        assertThat(settings.port(Service.GATEWAY)).isEqualTo(8000);
        assertThat(settings.port(Service.RETENTION)).isEqualTo(8005);
        assertThat(settings.postgresPort()).isEqualTo(15432);
        assertThat(settings.kafkaPort()).isEqualTo(19092);
        assertThat(settings.kafkaControllerPort()).isEqualTo(19093);
    }

    @Test
    void takesAPortFromTheVariableOfTheService() {
        assertThat(new Settings(Map.of("LONGSHORE_SCAN_PORT", "9003")).port(Service.SCAN))
                .isEqualTo(9003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "65536", "-1"})
    void refusesWhatIsNotAPort(String text) {
        var settings = new Settings(Map.of("LONGSHORE_KAFKA_PORT", text));
        assertThatThrownBy(settings::kafkaPort)
                .isInstanceOf(MisconfiguredException.class)
                .hasMessage("LONGSHORE_KAFKA_PORT is not a port: " + text);
    }

    @Test
    void takesAnEmptyVariableForAnAbsentOne() {
        assertThat(new Settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "")).externalKafka())
                .isEmpty();
    }

    @Test
    void lookForDataInTheUsersFolderUnlessToldOtherwise() {
        assertThat(new Settings(Map.of("XDG_DATA_HOME", "/data")).home()).hasToString("/data/longshore");
        assertThat(new Settings(Map.of("LONGSHORE_HOME", "/here")).home()).hasToString("/here");
    }
}
