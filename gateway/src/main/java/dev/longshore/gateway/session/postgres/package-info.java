/** Where sessions and accounts are kept. */
@NullMarked
package dev.longshore.gateway.session.postgres;

import org.jspecify.annotations.NullMarked;
