/** People who sign in elsewhere, by OpenID Connect. */
@NullMarked
package dev.longshore.gateway.identity.oidc;

import org.jspecify.annotations.NullMarked;
