/** Trust rules over HTTP. */
@NullMarked
package dev.longshore.gateway.identity.workload.rest;

import org.jspecify.annotations.NullMarked;
