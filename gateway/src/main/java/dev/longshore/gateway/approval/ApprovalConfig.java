package dev.longshore.gateway.approval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How approvals are asked for. */
@ConfigMapping(prefix = "longshore.approvals")
public interface ApprovalConfig {

    /** What is neither approved nor rejected by then is no longer open, and what was approved no longer counts. */
    @WithDefault("7d")
    Duration lifetime();
}
