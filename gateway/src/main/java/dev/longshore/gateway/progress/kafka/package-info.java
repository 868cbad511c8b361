/** Progress as the services tell it. */
@NullMarked
package dev.longshore.gateway.progress.kafka;

import org.jspecify.annotations.NullMarked;
