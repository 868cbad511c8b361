/** The key behind the chain. */
@NullMarked
package dev.longshore.gateway.audit.key;

import org.jspecify.annotations.NullMarked;
