package dev.longshore.push.domain;

import dev.longshore.oci.Reference;

/** What a task is to read again. */
public record ResolveRequest(String registry, Reference reference) {

    /** Tasks of one repository run one after the other. */
    public String lane() {
        return registry + "/" + reference.repository();
    }

    /** A hint that comes while a reading for the same reference has not begun needs no other. */
    public String naturalKey() {
        return registry + "/" + reference;
    }
}
