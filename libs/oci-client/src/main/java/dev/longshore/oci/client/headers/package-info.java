/** Parsers of the header fields that registries answer with. They never fail: what cannot be read is absent. */
@NullMarked
package dev.longshore.oci.client.headers;

import org.jspecify.annotations.NullMarked;
