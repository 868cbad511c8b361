@NullMarked
package dev.longshore.retention;

import org.jspecify.annotations.NullMarked;
