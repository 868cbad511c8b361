/** The accounts of people who sign in elsewhere. */
@NullMarked
package dev.longshore.gateway.identity.oidc.postgres;

import org.jspecify.annotations.NullMarked;
