/** What a token is, and how far it reaches. */
@NullMarked
package dev.longshore.gateway.identity.account.domain;

import org.jspecify.annotations.NullMarked;
