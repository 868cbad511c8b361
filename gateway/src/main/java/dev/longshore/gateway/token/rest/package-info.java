/** The keys by which services know that the gateway speaks. */
@NullMarked
package dev.longshore.gateway.token.rest;

import org.jspecify.annotations.NullMarked;
