/** The connections to the door: how fast both sides have to be, how strictly requests are read, and when one is ended. */
@NullMarked
package dev.longshore.gateway.door.connection;

import org.jspecify.annotations.NullMarked;
