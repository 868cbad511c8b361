package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import java.util.List;

/** The manifests that point at a subject, and how the registry told of them. */
public record Referrers(Source source, List<Descriptor> descriptors) {

    public enum Source {
        /** The registry keeps the list. */
        API,
        /** Clients keep the list, under a tag that is named after the subject's digest. */
        FALLBACK_TAG
    }

    public Referrers {
        descriptors = List.copyOf(descriptors);
    }
}
