/** What is asked and refused at the door, on its way into the chain: what cannot be kept here is not done. */
@NullMarked
package dev.longshore.gateway.audit.operation;

import org.jspecify.annotations.NullMarked;
