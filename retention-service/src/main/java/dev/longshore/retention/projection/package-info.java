/** Whether this service's copy of the inventory is complete. */
@NullMarked
package dev.longshore.retention.projection;

import org.jspecify.annotations.NullMarked;
