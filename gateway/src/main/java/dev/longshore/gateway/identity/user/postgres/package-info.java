/** Where people's accounts are kept. */
@NullMarked
package dev.longshore.gateway.identity.user.postgres;

import org.jspecify.annotations.NullMarked;
