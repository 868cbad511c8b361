/** Deleting at a registry: whether it can be done, doing it, and looking whether it was done. */
@NullMarked
package dev.longshore.registries.deletion;

import org.jspecify.annotations.NullMarked;
