/** The address itself, answered with where to go. */
@NullMarked
package dev.longshore.gateway.door.rest;

import org.jspecify.annotations.NullMarked;
