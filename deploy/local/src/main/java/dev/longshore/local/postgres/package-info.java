/** PostgreSQL as a child process: unpacked, initialised, kept running, and never left behind. */
@NullMarked
package dev.longshore.local.postgres;

import org.jspecify.annotations.NullMarked;
