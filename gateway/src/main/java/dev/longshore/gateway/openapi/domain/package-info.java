/** How several API documents become one. No framework. */
@NullMarked
package dev.longshore.gateway.openapi.domain;

import org.jspecify.annotations.NullMarked;
