/** The answers that may be asked for again. */
@NullMarked
package dev.longshore.gateway.idempotency.postgres;

import org.jspecify.annotations.NullMarked;
