/** Applies a plan: checks, deletes one after the other, writes down what came of each. */
@NullMarked
package dev.longshore.retention.apply;

import org.jspecify.annotations.NullMarked;
