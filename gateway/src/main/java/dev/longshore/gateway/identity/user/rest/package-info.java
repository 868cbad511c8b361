/** People's accounts over HTTP. */
@NullMarked
package dev.longshore.gateway.identity.user.rest;

import org.jspecify.annotations.NullMarked;
