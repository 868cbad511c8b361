/** Service accounts over HTTP. */
@NullMarked
package dev.longshore.gateway.identity.account.rest;

import org.jspecify.annotations.NullMarked;
