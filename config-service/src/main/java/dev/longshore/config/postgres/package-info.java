/** Where the configuration is kept, and how a change of it becomes known: row, event and audit entry commit together. */
@NullMarked
package dev.longshore.config.postgres;

import org.jspecify.annotations.NullMarked;
