/** The work of the service as rows: what is asked for, and by which name it is one. */
@NullMarked
package dev.longshore.scan.task;

import org.jspecify.annotations.NullMarked;
