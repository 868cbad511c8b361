/** Makes an image of an archive and pushes it. */
@NullMarked
package dev.longshore.push.checkpoint.task;

import org.jspecify.annotations.NullMarked;
