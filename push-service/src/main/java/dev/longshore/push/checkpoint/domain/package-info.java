/** What checkpoint archives are, what of them leaks, and the images that are made of them. Pure: no I/O, no framework. */
@NullMarked
package dev.longshore.push.checkpoint.domain;

import org.jspecify.annotations.NullMarked;
