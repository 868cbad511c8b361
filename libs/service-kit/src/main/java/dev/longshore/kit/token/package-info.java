/** How a service knows that the gateway sent a request, for whom, and for this operation alone. */
@NullMarked
package dev.longshore.kit.token;

import org.jspecify.annotations.NullMarked;
