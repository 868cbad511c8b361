/** Sessions, their tokens and passwords. No framework. */
@NullMarked
package dev.longshore.gateway.session.domain;

import org.jspecify.annotations.NullMarked;
