/** The inventory, the hints and the service's copies of what others publish, in PostgreSQL. */
@NullMarked
package dev.longshore.push.postgres;

import org.jspecify.annotations.NullMarked;
