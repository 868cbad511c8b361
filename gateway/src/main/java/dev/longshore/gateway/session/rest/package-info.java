/** Signing in and out over HTTP. */
@NullMarked
package dev.longshore.gateway.session.rest;

import org.jspecify.annotations.NullMarked;
