/** Who may open a connection to a service at all. */
@NullMarked
package dev.longshore.kit.tls;

import org.jspecify.annotations.NullMarked;
