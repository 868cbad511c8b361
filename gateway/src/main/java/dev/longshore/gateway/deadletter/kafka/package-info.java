/** Dead letters as they come. */
@NullMarked
package dev.longshore.gateway.deadletter.kafka;

import org.jspecify.annotations.NullMarked;
