/** Copies of compacted topics in the service's own database: how far they are, and when they are complete. */
@NullMarked
package dev.longshore.kit.projection;

import org.jspecify.annotations.NullMarked;
