/** Records that a service could not handle: shown, replayed to that service alone, or dismissed. */
@NullMarked
package dev.longshore.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
