/** The trail as the services tell it. */
@NullMarked
package dev.longshore.gateway.audit.kafka;

import org.jspecify.annotations.NullMarked;
