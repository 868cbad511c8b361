/** Long work as rows: claimed under a lease, retried, stopped. See docs/adr/0004. */
@NullMarked
package dev.longshore.kit.task;

import org.jspecify.annotations.NullMarked;
