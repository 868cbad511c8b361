/** Identities, whatever proved them. */
@NullMarked
package dev.longshore.gateway.identity.domain;

import org.jspecify.annotations.NullMarked;
