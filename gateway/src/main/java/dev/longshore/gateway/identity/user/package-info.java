/** People: their accounts. */
@NullMarked
package dev.longshore.gateway.identity.user;

import org.jspecify.annotations.NullMarked;
