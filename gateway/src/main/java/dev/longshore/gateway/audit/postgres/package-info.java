/** Where the trail is kept. */
@NullMarked
package dev.longshore.gateway.audit.postgres;

import org.jspecify.annotations.NullMarked;
