/** Takes notifications of registries in: authentic ones are stored before they are answered. */
@NullMarked
package dev.longshore.gateway.webhook;

import org.jspecify.annotations.NullMarked;
