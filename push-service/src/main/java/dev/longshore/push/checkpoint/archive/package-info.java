/** Reads checkpoint archives as they come: once, in order, with bounds on everything. */
@NullMarked
package dev.longshore.push.checkpoint.archive;

import org.jspecify.annotations.NullMarked;
