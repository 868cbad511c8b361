/** Handles records of topics: once, in order, with dead letters for what cannot be handled. */
@NullMarked
package dev.longshore.kit.inbox;

import org.jspecify.annotations.NullMarked;
