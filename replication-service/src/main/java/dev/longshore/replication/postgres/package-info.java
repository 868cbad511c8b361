/** What this service remembers: its copies of what others publish, and what it copied where. */
@NullMarked
package dev.longshore.replication.postgres;

import org.jspecify.annotations.NullMarked;
