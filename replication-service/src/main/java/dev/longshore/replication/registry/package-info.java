/** Clients of the registries, as they are configured at the moment. */
@NullMarked
package dev.longshore.replication.registry;

import org.jspecify.annotations.NullMarked;
