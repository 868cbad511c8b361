/** Hands progress of long work to those who watch. */
@NullMarked
package dev.longshore.gateway.progress;

import org.jspecify.annotations.NullMarked;
