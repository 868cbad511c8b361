@NullMarked
package dev.longshore.push.task;

import org.jspecify.annotations.NullMarked;
