/** Evaluates policies by their schedules. */
@NullMarked
package dev.longshore.retention.schedule;

import org.jspecify.annotations.NullMarked;
