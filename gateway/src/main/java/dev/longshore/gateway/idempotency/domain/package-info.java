/** What keys are, and what their answers are. */
@NullMarked
package dev.longshore.gateway.idempotency.domain;

import org.jspecify.annotations.NullMarked;
