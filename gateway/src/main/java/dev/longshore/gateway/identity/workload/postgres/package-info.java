/** Where trust rules are kept. */
@NullMarked
package dev.longshore.gateway.identity.workload.postgres;

import org.jspecify.annotations.NullMarked;
