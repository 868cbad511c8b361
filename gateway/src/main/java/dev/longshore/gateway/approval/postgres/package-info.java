/** Approvals in the gateway's database. */
@NullMarked
package dev.longshore.gateway.approval.postgres;

import org.jspecify.annotations.NullMarked;
