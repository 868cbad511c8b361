/** Checkpoints over HTTP. */
@NullMarked
package dev.longshore.push.checkpoint.rest;

import org.jspecify.annotations.NullMarked;
