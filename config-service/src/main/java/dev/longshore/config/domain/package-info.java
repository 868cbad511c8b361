/** What people configure, and which of it is valid. Pure. */
@NullMarked
package dev.longshore.config.domain;

import org.jspecify.annotations.NullMarked;
