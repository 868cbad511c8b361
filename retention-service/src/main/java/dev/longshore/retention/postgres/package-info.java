/** This service's copy of registries, tags and manifests. */
@NullMarked
package dev.longshore.retention.postgres;

import org.jspecify.annotations.NullMarked;
