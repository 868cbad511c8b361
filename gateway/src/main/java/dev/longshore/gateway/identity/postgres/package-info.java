/** Rows of what has a name of somebody's choice. */
@NullMarked
package dev.longshore.gateway.identity.postgres;

import org.jspecify.annotations.NullMarked;
