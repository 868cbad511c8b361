/** From a policy to a stored plan. */
@NullMarked
package dev.longshore.retention.plan;

import org.jspecify.annotations.NullMarked;
