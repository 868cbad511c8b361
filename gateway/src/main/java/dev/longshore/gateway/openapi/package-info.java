/** One API document of the whole suite. */
@NullMarked
package dev.longshore.gateway.openapi;

import org.jspecify.annotations.NullMarked;
