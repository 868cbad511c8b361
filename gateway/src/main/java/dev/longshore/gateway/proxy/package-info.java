/** Hands requests on to the service that owns the path, with a token of our own. */
@NullMarked
package dev.longshore.gateway.proxy;

import org.jspecify.annotations.NullMarked;
