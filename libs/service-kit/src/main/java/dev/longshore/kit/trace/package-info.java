/** Traces that go through the outbox and through tasks. */
@NullMarked
package dev.longshore.kit.trace;

import org.jspecify.annotations.NullMarked;
