@NullMarked
package dev.longshore.scan.deciding;

import org.jspecify.annotations.NullMarked;
