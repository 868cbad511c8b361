/** Signing in elsewhere: for browsers with a way back, for terminals with a code to type. */
@NullMarked
package dev.longshore.gateway.identity.oidc.rest;

import org.jspecify.annotations.NullMarked;
