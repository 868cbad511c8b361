/** The webhook door, and the deliveries for people to see. */
@NullMarked
package dev.longshore.gateway.webhook.rest;

import org.jspecify.annotations.NullMarked;
