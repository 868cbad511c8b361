/** SNAP's paths. */
@NullMarked
package dev.longshore.gateway.snap.rest;

import org.jspecify.annotations.NullMarked;
