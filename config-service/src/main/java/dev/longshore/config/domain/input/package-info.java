/** Reading what people write: strictly, with a pointer to everything that is wrong. */
@NullMarked
package dev.longshore.config.domain.input;

import org.jspecify.annotations.NullMarked;
