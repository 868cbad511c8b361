/** Where service accounts and the hashes of their tokens are kept. */
@NullMarked
package dev.longshore.gateway.identity.account.postgres;

import org.jspecify.annotations.NullMarked;
