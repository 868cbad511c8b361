/** Roles, the table of permissions, and what they come to for one request. Knows no framework. */
@NullMarked
package dev.longshore.gateway.access.domain;

import org.jspecify.annotations.NullMarked;
