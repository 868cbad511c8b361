/** What someone asks for, and someone else approves. */
@NullMarked
package dev.longshore.gateway.approval;

import org.jspecify.annotations.NullMarked;
