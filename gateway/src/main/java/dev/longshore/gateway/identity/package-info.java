/** What all kinds of identities have in common: how they are found, what they may do, the trail of what was done to them. */
@NullMarked
package dev.longshore.gateway.identity;

import org.jspecify.annotations.NullMarked;
