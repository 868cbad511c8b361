/** Where archives lie until they are pushed. */
@NullMarked
package dev.longshore.push.checkpoint.spool;

import org.jspecify.annotations.NullMarked;
