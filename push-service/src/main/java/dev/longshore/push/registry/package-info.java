/** The registries themselves, through {@code oci-client}: what a reference names there now. */
@NullMarked
package dev.longshore.push.registry;

import org.jspecify.annotations.NullMarked;
