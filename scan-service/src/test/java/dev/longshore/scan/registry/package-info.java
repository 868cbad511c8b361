@NullMarked
package dev.longshore.scan.registry;

import org.jspecify.annotations.NullMarked;
