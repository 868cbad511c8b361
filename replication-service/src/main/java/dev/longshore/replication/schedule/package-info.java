/** Runs rules by their schedules. */
@NullMarked
package dev.longshore.replication.schedule;

import org.jspecify.annotations.NullMarked;
