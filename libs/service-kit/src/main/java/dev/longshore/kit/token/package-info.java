/** How a service knows that the gateway sent a request, for whom, and for this operation alone: its end of {@code gateway.token}. */
@NullMarked
package dev.longshore.kit.token;

import org.jspecify.annotations.NullMarked;
