/** What the machine offers, and how far it can be relied on: ports, processes, files that only their owner may read. */
@NullMarked
package dev.longshore.local.machine;

import org.jspecify.annotations.NullMarked;
