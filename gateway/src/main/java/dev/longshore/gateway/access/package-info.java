/** Who may do what: every request is held against one table before anything else looks at it. */
@NullMarked
package dev.longshore.gateway.access;

import org.jspecify.annotations.NullMarked;
