/** What a sign-in elsewhere is made of. */
@NullMarked
package dev.longshore.gateway.identity.oidc.domain;

import org.jspecify.annotations.NullMarked;
