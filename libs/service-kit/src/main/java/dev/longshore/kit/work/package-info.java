/** Runs what nobody waits for. */
@NullMarked
package dev.longshore.kit.work;

import org.jspecify.annotations.NullMarked;
