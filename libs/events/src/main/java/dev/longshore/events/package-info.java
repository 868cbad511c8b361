/**
 * The contracts between the services: what is said on which topic, as records. Only the JDK, {@code oci} and Jackson's
 * annotations are known here.
 */
@NullMarked
package dev.longshore.events;

import org.jspecify.annotations.NullMarked;
