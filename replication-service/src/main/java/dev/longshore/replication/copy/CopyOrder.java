package dev.longshore.replication.copy;

import dev.longshore.oci.Reference;
import dev.longshore.oci.client.FetchedManifest;

/**
 * One image to be copied.
 *
 * @param image as it was just read from the source
 * @param to under what it is to be at the target
 * @param complete whether its children are known to be at the target when the target's reference names it
 */
public record CopyOrder(Route route, FetchedManifest image, Reference to, boolean referrers, boolean complete) {}
