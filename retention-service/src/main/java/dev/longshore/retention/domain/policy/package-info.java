/** What the rules of a policy keep, each asked about each tag. */
@NullMarked
package dev.longshore.retention.domain.policy;

import org.jspecify.annotations.NullMarked;
