/** What is known of a repository, and how its manifests hang together. */
@NullMarked
package dev.longshore.retention.domain.inventory;

import org.jspecify.annotations.NullMarked;
