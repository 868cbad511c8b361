/** What stays and what may go, decided over all that is known of a repository. Pure: no clock, no I/O, no framework. */
@NullMarked
package dev.longshore.retention.domain;

import org.jspecify.annotations.NullMarked;
