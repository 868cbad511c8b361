/** A broker's topics, for tests that play the other services. */
@NullMarked
package dev.longshore.testkit.topic;

import org.jspecify.annotations.NullMarked;
