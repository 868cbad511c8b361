/** The trail for people to read. */
@NullMarked
package dev.longshore.gateway.audit.rest;

import org.jspecify.annotations.NullMarked;
