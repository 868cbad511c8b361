/** Who a bearer token belongs to, for Quarkus. */
@NullMarked
package dev.longshore.gateway.session.security;

import org.jspecify.annotations.NullMarked;
