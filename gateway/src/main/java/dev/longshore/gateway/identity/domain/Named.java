package dev.longshore.gateway.identity.domain;

import java.util.Map;
import java.util.Set;

/** What people put on a name of their choice, into a project. */
public interface Named {

    String name();

    String project();

    long version();

    /** Every project in which one has to administer to change it. */
    default Set<String> projects() {
        return Set.of(project());
    }

    /** As the audit trail shows it: nothing secret. */
    Map<String, Object> audited();
}
