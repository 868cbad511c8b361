/** Who calls, as the gateway's internal token says. */
@NullMarked
package dev.longshore.kit.http;

import org.jspecify.annotations.NullMarked;
