/** What is agreed with a registry's client: credentials, TLS, limits, time-outs, guards, and how it fails. */
@NullMarked
package dev.longshore.oci.client.http;

import org.jspecify.annotations.NullMarked;
