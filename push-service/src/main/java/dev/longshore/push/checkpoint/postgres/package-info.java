/** The checkpoints that were asked for, and what came of each. */
@NullMarked
package dev.longshore.push.checkpoint.postgres;

import org.jspecify.annotations.NullMarked;
