/** The distribution-spec client: manifests, blobs, tags and referrers of one registry, read, written, copied and deleted. */
@NullMarked
package dev.longshore.oci.client;

import org.jspecify.annotations.NullMarked;
