@NullMarked
package dev.longshore.scan.domain;

import org.jspecify.annotations.NullMarked;
