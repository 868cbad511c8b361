/** Signed statements of how long the chain is and how it ends, outside the database that holds it. */
@NullMarked
package dev.longshore.gateway.audit.checkpoint;

import org.jspecify.annotations.NullMarked;
