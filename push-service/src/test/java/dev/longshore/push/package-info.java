@NullMarked
package dev.longshore.push;

import org.jspecify.annotations.NullMarked;
