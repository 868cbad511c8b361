/**
 * What notifications and readings mean for the inventory. Pure: no clock, no I/O, no framework.
 */
@NullMarked
package dev.longshore.push.domain;

import org.jspecify.annotations.NullMarked;
