@NullMarked
package dev.longshore.push.checkpoint.archive;

import org.jspecify.annotations.NullMarked;
