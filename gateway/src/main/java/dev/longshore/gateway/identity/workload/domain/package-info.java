/** Whom a trust rule means. */
@NullMarked
package dev.longshore.gateway.identity.workload.domain;

import org.jspecify.annotations.NullMarked;
