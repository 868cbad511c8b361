/** What every request passes first: paths that are refused, security headers, problems as answers. */
@NullMarked
package dev.longshore.gateway.door;

import org.jspecify.annotations.NullMarked;
