/** SNAP's API, so that its callers work: their requests become ours, and our answers theirs. */
@NullMarked
package dev.longshore.gateway.snap;

import org.jspecify.annotations.NullMarked;
