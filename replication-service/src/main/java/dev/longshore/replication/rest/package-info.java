/** {@code /api/v1}: copies on demand, what would be copied, what was copied. */
@NullMarked
package dev.longshore.replication.rest;

import org.jspecify.annotations.NullMarked;
