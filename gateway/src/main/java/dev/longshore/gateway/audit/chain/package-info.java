/** What is done with the chain as a whole. */
@NullMarked
package dev.longshore.gateway.audit.chain;

import org.jspecify.annotations.NullMarked;
