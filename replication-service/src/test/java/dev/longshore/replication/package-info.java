/** The service on a real broker and database, between real registries. */
@NullMarked
package dev.longshore.replication;

import org.jspecify.annotations.NullMarked;
