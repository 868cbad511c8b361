/**
 * How requests get to a registry and answers back: connections, authentication, redirects, retries, judgement. The only
 * code that knows how a status becomes an exception.
 */
@NullMarked
package dev.longshore.oci.client.transport;

import org.jspecify.annotations.NullMarked;
