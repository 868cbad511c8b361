package dev.longshore.scan.deciding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** When images are decided upon, and scanned, without anybody asking. */
@ConfigMapping(prefix = "longshore.decisions")
public interface DecisionConfig {

    /** How late, at most, an exemption's or a grace period's end is noticed. */
    @WithDefault("5s")
    Duration lookEvery();

    /** How many images are decided upon in one transaction when a policy or an exemption changed. */
    @WithDefault("25")
    @Min(1)
    @Max(500)
    int batch();

    /** How often images that no policy is for are matched with a newer vulnerability database. */
    @WithDefault("24h")
    Duration rescanEvery();

    /** How long what is known of a digest is kept after no repository has it any more. */
    @WithDefault("7d")
    Duration keepOrphans();
}
