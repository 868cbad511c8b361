/** Decides on images when anything changes that their decision rests on, and when it has been valid long enough. */
@NullMarked
package dev.longshore.scan.deciding;

import org.jspecify.annotations.NullMarked;
