/** Who did what: the trail of all services, chained so that nobody changes it unseen. */
@NullMarked
package dev.longshore.gateway.audit;

import org.jspecify.annotations.NullMarked;
