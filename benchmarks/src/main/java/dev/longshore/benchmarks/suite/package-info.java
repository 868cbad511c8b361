/** The running suite, as a benchmark starts, uses and weighs it. */
@NullMarked
package dev.longshore.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
