/** What others publish: notifications, configuration, decisions. */
@NullMarked
package dev.longshore.push.kafka;

import org.jspecify.annotations.NullMarked;
