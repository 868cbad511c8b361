@NullMarked
package dev.longshore.push.domain;

import org.jspecify.annotations.NullMarked;
