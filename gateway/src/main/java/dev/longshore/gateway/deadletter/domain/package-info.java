/** What a dead letter is. */
@NullMarked
package dev.longshore.gateway.deadletter.domain;

import org.jspecify.annotations.NullMarked;
