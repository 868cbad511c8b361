/** Quotas and how a caller stands with one. No framework. */
@NullMarked
package dev.longshore.gateway.limit.domain;

import org.jspecify.annotations.NullMarked;
