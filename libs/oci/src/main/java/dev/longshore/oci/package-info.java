/** Value types of the OCI image and distribution specifications, and the names Longshore gives to images. No I/O. */
@NullMarked
package dev.longshore.oci;

import org.jspecify.annotations.NullMarked;
