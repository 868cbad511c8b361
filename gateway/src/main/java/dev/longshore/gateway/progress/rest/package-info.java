/** Progress as server-sent events. */
@NullMarked
package dev.longshore.gateway.progress.rest;

import org.jspecify.annotations.NullMarked;
