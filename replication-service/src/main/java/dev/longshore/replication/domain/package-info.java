/** Which images a replication rule copies where, and when it may. Pure: no framework, no clock, no I/O. */
@NullMarked
package dev.longshore.replication.domain;

import org.jspecify.annotations.NullMarked;
