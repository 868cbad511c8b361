/** The answers of the gateway's own resources. */
@NullMarked
package dev.longshore.gateway.idempotency.rest;

import org.jspecify.annotations.NullMarked;
