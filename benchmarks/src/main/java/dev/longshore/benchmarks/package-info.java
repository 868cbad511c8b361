/** The benchmarks, one class each, and the program that runs them. */
@NullMarked
package dev.longshore.benchmarks;

import org.jspecify.annotations.NullMarked;
