/** {@code /api/v1}: plans, applying them, restoring what they deleted. */
@NullMarked
package dev.longshore.retention.rest;

import org.jspecify.annotations.NullMarked;
