/** Who calls, as the gateway's internal token says; pages and preconditions of what is asked for. */
@NullMarked
package dev.longshore.kit.http;

import org.jspecify.annotations.NullMarked;
