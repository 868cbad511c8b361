@NullMarked
package dev.longshore.kit;

import org.jspecify.annotations.NullMarked;
