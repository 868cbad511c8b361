/** What the gateway keeps of {@code longshore.config}. */
@NullMarked
package dev.longshore.gateway.configuration.kafka;

import org.jspecify.annotations.NullMarked;
