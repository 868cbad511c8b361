/** Where deliveries and the registries' webhook secrets are kept. */
@NullMarked
package dev.longshore.gateway.webhook.postgres;

import org.jspecify.annotations.NullMarked;
