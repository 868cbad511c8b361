/** What makes the trail tamper-evident: how entries are chained, and how a chain is verified. No I/O. */
@NullMarked
package dev.longshore.gateway.audit.domain;

import org.jspecify.annotations.NullMarked;
