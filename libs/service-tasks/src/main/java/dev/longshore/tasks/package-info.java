/** Long work as rows: claimed under a lease, retried, stopped. See docs/adr/0004. */
@NullMarked
package dev.longshore.tasks;

import org.jspecify.annotations.NullMarked;
