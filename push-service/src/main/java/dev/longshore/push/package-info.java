/** What is pushed: notifications become facts and the image inventory. */
@NullMarked
package dev.longshore.push;

import org.jspecify.annotations.NullMarked;
