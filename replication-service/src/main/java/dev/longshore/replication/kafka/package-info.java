/** What others tell on their topics, stored and planned upon in one transaction. */
@NullMarked
package dev.longshore.replication.kafka;

import org.jspecify.annotations.NullMarked;
