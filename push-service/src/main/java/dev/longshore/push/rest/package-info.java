/** The inventory and what became of deliveries, over HTTP. */
@NullMarked
package dev.longshore.push.rest;

import org.jspecify.annotations.NullMarked;
