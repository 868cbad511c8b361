/** Old entries in files: taken out of the store under a seal, so that the chain stays whole. */
@NullMarked
package dev.longshore.gateway.audit.segment;

import org.jspecify.annotations.NullMarked;
