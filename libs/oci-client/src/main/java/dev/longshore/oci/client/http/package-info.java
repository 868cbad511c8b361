/**
 * How a registry is spoken to: credentials, TLS, limits, time-outs, retries, and what may go wrong. The only code that
 * knows how a status becomes an exception.
 */
@NullMarked
package dev.longshore.oci.client.http;

import org.jspecify.annotations.NullMarked;
