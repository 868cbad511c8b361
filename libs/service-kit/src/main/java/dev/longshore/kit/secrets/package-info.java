/** Credentials, sealed with an AEAD keyset and opened only where they are used. */
@NullMarked
package dev.longshore.kit.secrets;

import org.jspecify.annotations.NullMarked;
