/** The tokens by which services know that the gateway sent a request, for whom: its end of {@code kit.token}. */
@NullMarked
package dev.longshore.gateway.token;

import org.jspecify.annotations.NullMarked;
