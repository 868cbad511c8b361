/** Reads the traces that the services write down, and prints one of them. */
@NullMarked
package dev.longshore.local.trace;

import org.jspecify.annotations.NullMarked;
