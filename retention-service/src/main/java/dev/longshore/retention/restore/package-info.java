/** Puts back what was deleted, as long as the registry has its content. */
@NullMarked
package dev.longshore.retention.restore;

import org.jspecify.annotations.NullMarked;
