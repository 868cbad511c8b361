/** Dead letters for people to see. */
@NullMarked
package dev.longshore.gateway.deadletter.rest;

import org.jspecify.annotations.NullMarked;
