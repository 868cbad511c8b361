/** Machines: service accounts and their tokens. */
@NullMarked
package dev.longshore.gateway.identity.account;

import org.jspecify.annotations.NullMarked;
