/** The registries that Longshore governs: their vendors, connections to them, and what they announce. */
@NullMarked
package dev.longshore.registries;

import org.jspecify.annotations.NullMarked;
