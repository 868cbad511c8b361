/** The service's long work: reading references again, listing registries, publishing the inventory anew. */
@NullMarked
package dev.longshore.push.task;

import org.jspecify.annotations.NullMarked;
