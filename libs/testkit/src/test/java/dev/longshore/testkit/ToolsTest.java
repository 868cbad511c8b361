package dev.longshore.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ToolsTest {

    @Test
    void saysWhichToolsThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> Tools.path("hammer"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No tool is called hammer")
                .hasMessageContaining("trivy");
    }
}
