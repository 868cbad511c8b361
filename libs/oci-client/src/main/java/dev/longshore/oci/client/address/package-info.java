/** Which network addresses Longshore may be made to talk to by what users register and registries answer. */
@NullMarked
package dev.longshore.oci.client.address;

import org.jspecify.annotations.NullMarked;
