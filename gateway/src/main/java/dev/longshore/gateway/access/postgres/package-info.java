/** Who is what in which project, as config-service told. */
@NullMarked
package dev.longshore.gateway.access.postgres;

import org.jspecify.annotations.NullMarked;
