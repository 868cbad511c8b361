/** Events as they are on the topics: CloudEvents 1.0 in structured JSON. */
@NullMarked
package dev.longshore.kit.event;

import org.jspecify.annotations.NullMarked;
