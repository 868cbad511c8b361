/** What a run took, what many runs come to, and how that is told. Knows nothing of Longshore. */
@NullMarked
package dev.longshore.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
