/** The shapes of SNAP's API, and what ours are in them. */
@NullMarked
package dev.longshore.gateway.snap.domain;

import org.jspecify.annotations.NullMarked;
