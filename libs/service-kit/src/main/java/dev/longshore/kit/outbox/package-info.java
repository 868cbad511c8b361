/** Publishes what a transaction wanted to say, after it committed and in order: docs/adr/0006. */
@NullMarked
package dev.longshore.kit.outbox;

import org.jspecify.annotations.NullMarked;
