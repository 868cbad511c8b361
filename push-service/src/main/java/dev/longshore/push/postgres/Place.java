package dev.longshore.push.postgres;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;

/** A repository in a registry, and whose it is. */
public record Place(String project, String registry, String repository) {

    String at(Digest digest) {
        return registry + "/" + repository + "@" + digest;
    }

    String tagged(String tag) {
        return registry + "/" + repository + ":" + tag;
    }

    String id(Reference reference) {
        return registry + "/" + reference;
    }
}
