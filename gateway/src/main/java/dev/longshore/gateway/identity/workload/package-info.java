/** Workloads without a secret of their own: known by what their platform signs for them. */
@NullMarked
package dev.longshore.gateway.identity.workload;

import org.jspecify.annotations.NullMarked;
