/** How much one caller may ask for: requests in a time, and requests at once. */
@NullMarked
package dev.longshore.gateway.limit;

import org.jspecify.annotations.NullMarked;
