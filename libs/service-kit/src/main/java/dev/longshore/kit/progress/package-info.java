/** Says how far long work is, to whoever watches. */
@NullMarked
package dev.longshore.kit.progress;

import org.jspecify.annotations.NullMarked;
