/** From a change to the tasks that it makes necessary. */
@NullMarked
package dev.longshore.replication.plan;

import org.jspecify.annotations.NullMarked;
