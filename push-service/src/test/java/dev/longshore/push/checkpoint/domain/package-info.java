@NullMarked
package dev.longshore.push.checkpoint.domain;

import org.jspecify.annotations.NullMarked;
