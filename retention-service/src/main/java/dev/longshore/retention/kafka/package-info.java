/** What others tell on their topics, kept in this service's own database. */
@NullMarked
package dev.longshore.retention.kafka;

import org.jspecify.annotations.NullMarked;
