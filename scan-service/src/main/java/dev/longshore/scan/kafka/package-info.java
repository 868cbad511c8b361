/** What others publish, taken into the service's database. */
@NullMarked
package dev.longshore.scan.kafka;

import org.jspecify.annotations.NullMarked;
