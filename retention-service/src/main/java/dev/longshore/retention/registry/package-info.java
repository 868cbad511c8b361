/** Clients of the registries, and what they say of deletes. */
@NullMarked
package dev.longshore.retention.registry;

import org.jspecify.annotations.NullMarked;
