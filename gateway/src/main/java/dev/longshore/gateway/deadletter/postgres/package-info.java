/** Where dead letters are kept. */
@NullMarked
package dev.longshore.gateway.deadletter.postgres;

import org.jspecify.annotations.NullMarked;
