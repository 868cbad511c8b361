/** Who sends a request: people, service accounts, workloads. */
@NullMarked
package dev.longshore.gateway.identity;

import org.jspecify.annotations.NullMarked;
