/** What a scan's findings mean under the policies. Pure: no clock, no I/O, no framework. */
@NullMarked
package dev.longshore.scan.domain;

import org.jspecify.annotations.NullMarked;
