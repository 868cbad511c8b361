/** The API document over HTTP. */
@NullMarked
package dev.longshore.gateway.openapi.rest;

import org.jspecify.annotations.NullMarked;
