/** The work: copying one image, and going through a whole rule. */
@NullMarked
package dev.longshore.replication.task;

import org.jspecify.annotations.NullMarked;
