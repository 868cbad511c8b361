/** The registries, as config-service tells them. */
@NullMarked
package dev.longshore.gateway.webhook.kafka;

import org.jspecify.annotations.NullMarked;
