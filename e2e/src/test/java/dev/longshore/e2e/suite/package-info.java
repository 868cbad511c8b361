/** The suite as {@code ./longshore} runs it, and a look at its processes, databases and topics from outside. */
@NullMarked
package dev.longshore.e2e.suite;

import org.jspecify.annotations.NullMarked;
