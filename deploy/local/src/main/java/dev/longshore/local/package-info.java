/**
 * Longshore on one machine: a Kafka broker in this JVM, PostgreSQL beside it, and the six services as processes of
 * their own. Plain Java with a class path of its own, because the broker's jars do not agree with Quarkus'.
 */
@NullMarked
package dev.longshore.local;

import org.jspecify.annotations.NullMarked;
