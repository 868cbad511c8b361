/** Copies one image with all that belongs to it from one registry to another, digest for digest, its tag last. */
@NullMarked
package dev.longshore.replication.copy;

import org.jspecify.annotations.NullMarked;
