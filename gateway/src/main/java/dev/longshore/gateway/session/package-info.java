/** Signing in and out. */
@NullMarked
package dev.longshore.gateway.session;

import org.jspecify.annotations.NullMarked;
