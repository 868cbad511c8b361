/** Deliveries, what makes one useless, and what is left out of it. No framework. */
@NullMarked
package dev.longshore.gateway.webhook.domain;

import org.jspecify.annotations.NullMarked;
