@NullMarked
package dev.longshore.scan;

import org.jspecify.annotations.NullMarked;
